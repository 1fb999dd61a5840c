import type { StackValidationPolicy } from "@pulumi/policy";
import { findings } from "./findings.ts";
import { judged } from "./judged.ts";
import type { Finding } from "./rule.ts";
import { rules } from "./rules.ts";
import { covers, siteOf, today, type Waiver, waiversOf } from "./waiver.ts";

/** A waiver that has expired or covers nothing would hide the next violation of its kind. */
export const waiverIsCurrent: StackValidationPolicy = {
  name: "waiver-is-current",
  description: "A waiver must not have expired and must cover a violation.",
  severity: "medium",
  enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => {
    const stack = judged(resources);
    const site = siteOf(stack);
    if (!site) return;

    const found = rules.flatMap((rule) => findings(rule, stack));
    for (const waiver of waiversOf(stack)) {
      const wrong = staleness(waiver, found, today());
      if (wrong) report(`the waiver of ${waiver.rule} for "${waiver.resource}" ${wrong}`, site.urn);
    }
  },
};

/** Why a waiver must go; a rule that could not decide yet may still need it. */
function staleness(waiver: Waiver, found: readonly Finding[], day: string): string | undefined {
  if (waiver.until < day) return `expired on ${waiver.until}; mend what it covered, or renew it with a reason`;
  if (!found.some((finding) => covers(waiver, finding))) return "covers no violation; remove it from the site";
  return undefined;
}
