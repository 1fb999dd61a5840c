import type { StackValidationPolicy } from "@pulumi/policy";
import { findings } from "./findings.ts";
import { judged } from "./judged.ts";
import { rules } from "./rules.ts";

/** Lists every resource that a rule could not judge, since a value is known only after the update. */
export const undecided: StackValidationPolicy = {
  name: "undecided",
  description: "What a rule cannot judge yet is said, and judged again during the update.",
  severity: "low",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const stack = judged(resources);
    const open = rules.flatMap((rule) => findings(rule, stack)).filter((finding) => finding.undecided);

    for (const finding of open) report(finding.message, finding.resource.urn);
  },
};
