import type { StackValidationPolicy } from "@pulumi/policy";
import { findings } from "./findings.ts";
import { type Judged, judged } from "./judged.ts";
import type { Finding } from "./rule.ts";
import { rules } from "./rules.ts";
import { covers, siteOf, today, type Waiver, waiverFor, waiversOf } from "./waiver.ts";

/** Lists every violation that a waiver covers, and every waiver that has expired or covers nothing. */
export const waivers: StackValidationPolicy = {
  name: "waivers",
  description: "What the site waives is listed; a waiver that expired or is not used must go.",
  severity: "low",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const stack = judged(resources);
    const site = siteOf(stack);
    if (!site) return;

    for (const { message, urn } of waiverReport(stack, site, today())) report(message, urn);
  },
};

interface Line {
  readonly message: string;
  readonly urn: string;
}

function waiverReport(stack: readonly Judged[], site: Judged, day: string): Line[] {
  const recorded = waiversOf(stack);
  const violations = rules.flatMap((rule) => findings(rule, stack)).filter((finding) => !finding.undecided);
  const waived = violations.flatMap((finding) => waivedLine(finding, waiverFor(finding, recorded, day)));
  const stale = recorded.flatMap((waiver) => staleLine(waiver, violations, site, day));

  return [...waived, ...stale];
}

function waivedLine(finding: Finding, waiver: Waiver | undefined): Line[] {
  if (!waiver) return [];
  const message = `waived until ${waiver.until}: ${finding.rule.name}: ${finding.message}. Reason: ${waiver.reason}`;
  return [{ message, urn: finding.resource.urn }];
}

function staleLine(waiver: Waiver, violations: readonly Finding[], site: Judged, day: string): Line[] {
  const name = `the waiver of ${waiver.rule} for "${waiver.resource}"`;
  if (waiver.until < day) {
    return [
      { message: `${name} expired on ${waiver.until}; mend what it covered, or renew it with a reason`, urn: site.urn },
    ];
  }
  if (!violations.some((finding) => covers(waiver, finding))) {
    return [{ message: `${name} covers no violation; remove it from the site`, urn: site.urn }];
  }
  return [];
}
