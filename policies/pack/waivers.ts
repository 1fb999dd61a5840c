import type { PackPolicy } from "../serve-rule.ts";

/** Lists every violation that a waiver covers, with the date until which it does. */
export const waivers: PackPolicy = {
  name: "waivers",
  description: "What the site waives is listed with its date and reason.",
  severity: "low",
  enforcementLevel: "advisory",
  source: "ADR-0024",
  remediationSteps: "mend what is waived before its date",
  verdicts: (verdicts) => verdicts.waived(),
};
