import type { PackPolicy } from "../serve-rule.ts";

/** A violation that is accepted has a reason and a date; a rule that is switched off has neither. */
export const blockingRuleRuns: PackPolicy = {
  name: "blocking-rule-runs",
  description: "A rule that always blocks must not be disabled by configuration.",
  severity: "high",
  enforcementLevel: "mandatory",
  source: "ADR-0025",
  remediationSteps: "enable the rule, and record a waiver with a reason and a date for what it finds",
  verdicts: (verdicts) => verdicts.silenced(),
};
