import { numberAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { DATASET } from "../tokens.ts";

/** What TrueNAS does where nothing is set, in percent. */
const THRESHOLDS = [
  { property: "quotaWarning", usual: 80 },
  { property: "quotaCritical", usual: 95 },
] as const;

/** A quota that is hit stops writers; who is told at 80 % has time. */
export const quotaAlertsComeInTime: Rule = {
  name: "quota-alerts-come-in-time",
  description:
    "Alerts on a quota must come at the fill levels that the site says, 80, 85, 90 and 95 % unless it says otherwise.",
  source: "D3 Storage Monitoring, D4 §5",
  remedy: "set the thresholds to levels of the site, or leave them to their defaults",
  severity: "medium",
  weight: "always",
  judges: [DATASET],
  judge({ props }, stack) {
    if ((numberAt(props, "quota") ?? 0) <= 0) return [];
    const levels = stack.site?.capacityAlerts ?? [80, 85, 90, 95];
    return THRESHOLDS.flatMap(({ property, usual }) => {
      const level = numberAt(props, property) ?? usual;
      if (levels.includes(level)) return [];
      return [`alerts by ${property} at ${level} % and must do so at ${levels.join(", ")} %`];
    });
  },
};
