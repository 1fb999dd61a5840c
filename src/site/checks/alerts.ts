import type { Check } from "./check.ts";

/** Somebody is warned before it is urgent. */
export const thresholdsAscend: Check = {
  rule: "thresholds-ascend",
  find: ({ site: { alerts } }) => {
    const { quotaWarning = 0, quotaCritical = 100 } = alerts.thresholds ?? {};
    if (quotaWarning < quotaCritical) return [];

    const path = ["alerts", "thresholds", "quotaWarning"];
    const says = `the warning at ${quotaWarning} % does not come before the alert at ${quotaCritical} %`;
    return [{ path, says, allowed: `below ${quotaCritical}`, remedy: "warn earlier, or alert later" }];
  },
};
