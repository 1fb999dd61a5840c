import { hoursOf } from "../../../src/site/index.ts";
import { type Concern, failures, samples, severityAt } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

/** Restores that are tried. */
export function restores(concern: Concern): RuleGroup {
  const { stack, site } = concern;

  return {
    name: "restores",
    doc: "Restores were tried within their interval, and worked",
    rules: Object.entries(site.restoreTests).flatMap(([test, { source, every }]): Rule[] => {
      const { appliance, dataset } = source;
      const limit = hoursOf(every) * 3600;
      const age = samples(concern, "restore_test_age_seconds", { test });
      const remedy = `A copy that nobody has restored may be none. In the morning: npm run drill -- --stack ${stack} --test ${test}`;
      const severity = severityAt(concern, appliance, dataset) === "info" ? "info" : "warning";
      const about = { for: "1h", severity, labels: { appliance, test }, remedy } as const;

      return [
        {
          ...{ ...about, alert: "RestoreTestStale", expr: `${age} > ${limit}` },
          summary: `Restoring ${dataset} has not been tried for longer than ${every.value} ${every.unit.toLowerCase()}s`,
        },
        {
          ...{ ...about, alert: "RestoreTestFails" },
          expr: `${failures(concern, "restore-test-is-recent", { subject: test })} unless on (stack) ${age} > ${limit}`,
          summary: `Restoring ${dataset} was tried and failed, or was never tried`,
        },
      ];
    }),
  };
}
