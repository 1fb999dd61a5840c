import type { PackPolicy } from "../serve-rule.ts";

/** A waiver that has expired or covers nothing would hide the next violation of its kind. */
export const waiverIsCurrent: PackPolicy = {
  name: "waiver-is-current",
  description: "A waiver must not have expired and must cover a violation.",
  severity: "medium",
  enforcementLevel: "mandatory",
  source: "ADR-0024",
  remediationSteps: "mend what it covered, renew it with a reason and a date, or remove it from the site",
  verdicts: (verdicts) => verdicts.staleWaivers(),
};
