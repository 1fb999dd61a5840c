import type { StackValidationPolicy } from "@pulumi/policy";
import { findings } from "./findings.ts";
import { judged } from "./judged.ts";
import { rules } from "./rules.ts";
import { today, waiverFor, waiversOf } from "./waiver.ts";

/** Lists every violation that a waiver covers, with the date until which it does. */
export const waivers: StackValidationPolicy = {
  name: "waivers",
  description: "What the site waives is listed with its date and reason.",
  severity: "low",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const stack = judged(resources);
    const recorded = waiversOf(stack);

    for (const finding of rules.flatMap((rule) => findings(rule, stack))) {
      const waiver = finding.undecided ? undefined : waiverFor(finding, recorded, today());
      if (!waiver) continue;
      const { rule, resource, message } = finding;
      report(`waived until ${waiver.until}: ${rule.name}: ${message}. Reason: ${waiver.reason}`, resource.urn);
    }
  },
};
