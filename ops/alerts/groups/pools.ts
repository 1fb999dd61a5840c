import { allowedAge } from "../../verify/ages.ts";
import { type Concern, failures, samples, severityAt } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

/** Disks and the pools that they form. */
export function pools(concern: Concern): RuleGroup {
  return {
    name: "pools",
    doc: "Pools are whole and free of errors, and every block is read now and then",
    rules: Object.entries(concern.site.appliances).flatMap(([appliance, { pools: all }]) =>
      Object.entries(all).flatMap(([pool, { scrub }]): Rule[] => {
        const about = { labels: { appliance, pool } };
        const late = scrub && allowedAge(scrub.schedule, concern.site.monitoring.grace.scrub) / 1000;

        return [
          {
            ...about,
            alert: "PoolNotHealthy",
            expr: `${samples(concern, "pool_healthy", { appliance, pool })} == 0`,
            for: "1m",
            severity: "critical",
            summary: `The pool ${pool} of ${appliance} is degraded or has errors`,
            remedy:
              "See zpool status on the appliance. Replace the disk that it names; do not restart, and do not pull another.",
            runbook: `lost-pool-${pool}-of-${appliance}.md`,
          },
          ...(late === undefined
            ? []
            : [
                {
                  ...about,
                  alert: "ScrubLate",
                  severity: severityAt(concern, appliance, pool) === "info" ? ("info" as const) : ("warning" as const),
                  expr: `${samples(concern, "scrub_age_seconds", { appliance, pool })} > ${late} or ${failures(concern, "scrub-is-recent", { appliance, subject: pool })} unless on (appliance) ${samples(concern, "scrub_age_seconds", { appliance, pool })}`,
                  for: "15m",
                  summary: `The last scrub of ${pool} on ${appliance} is longer ago than its schedule allows`,
                  remedy:
                    "See whether it is paused or was put off by a resilver; start it under Storage, Scrub. It can wait until the morning.",
                },
              ]),
        ];
      }),
    ),
  };
}
