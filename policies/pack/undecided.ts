import type { PackPolicy } from "../serve-rule.ts";

/** Lists every resource that a rule could not judge, since a value is known only after the update. */
export const undecided: PackPolicy = {
  name: "undecided",
  description: "What a rule cannot judge yet is said, and judged again during the update.",
  severity: "low",
  enforcementLevel: "advisory",
  source: "ADR-0024",
  remediationSteps: "judge the recorded state after the update: npm run policies -- --state FILE",
  verdicts: (verdicts) => verdicts.undecided(),
};
