import type { StackValidationPolicy } from "@pulumi/policy";
import { findings } from "./findings.ts";
import { judged } from "./judged.ts";
import type { Rule } from "./rule.ts";
import { today, waiverFor, waiversOf } from "./waiver.ts";

const DECISIONS = { name: "homelab architecture decisions", version: "1", specification: "docs/adr" };

/** A rule as a policy of the whole stack: it reports every violation that no waiver covers. */
export function serveRule(rule: Rule): StackValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    enforcementLevel: rule.level,
    framework: { ...DECISIONS, reference: rule.source },
    remediationSteps: rule.remedy,
    validateStack: ({ resources }, report) => {
      const stack = judged(resources);
      const waivers = waiversOf(stack);

      for (const finding of findings(rule, stack)) {
        if (finding.undecided || waiverFor(finding, waivers, today())) continue;
        report(finding.message, finding.resource.urn);
      }
    },
  };
}
