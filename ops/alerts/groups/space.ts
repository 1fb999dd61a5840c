import { type Concern, samples, severityAt } from "../concern.ts";
import { gravest, type Rule, type RuleGroup, type Severity } from "../rule.ts";

/** Room in pools and below quotas. */
export function space(concern: Concern): RuleGroup {
  const levels = [...concern.site.monitoring.capacityAlerts].sort((one, other) => one - other);
  const rungs = levels.map((level, at) => ({ level, next: levels[at + 1], severity: severityOf(at, levels.length) }));

  return {
    name: "space",
    doc: `Pools and quotas are filled to ${levels.join(", ")} %`,
    rules: Object.entries(concern.site.appliances).flatMap(([appliance, { pools }]) =>
      rungs.flatMap((rung) => [
        ...Object.keys(pools).map((pool) => poolFilled(concern, { appliance, pool, ...rung })),
        quotaFilled(concern, { appliance, ...rung }),
      ]),
    ),
  };
}

interface Rung {
  readonly appliance: string;
  readonly level: number;
  readonly next: number | undefined;
  readonly severity: Severity;
}

/** The highest level is critical, the lowest is for information. */
function severityOf(at: number, all: number): Severity {
  if (at === all - 1) return "critical";

  return at === 0 ? "info" : "warning";
}

function between(metric: string, { level, next }: Rung): string {
  return `${metric} >= ${level / 100}${next === undefined ? "" : ` < ${next / 100}`}`;
}

function poolFilled(concern: Concern, rung: Rung & { readonly pool: string }): Rule {
  const { appliance, pool, level, severity } = rung;

  return {
    alert: "PoolFills",
    expr: between(samples(concern, "pool_used_ratio", { appliance, pool }), rung),
    for: "15m",
    severity: severity === "info" ? severity : gravest([severity, ...(level >= 95 ? ["critical" as const] : [])]),
    labels: { appliance, pool, level: `${level}` },
    summary: `The pool ${pool} of ${appliance} is ${level} % full`,
    remedy:
      "Writes become slow beyond 90 % and fail at 100 %. Delete what is disposable, see held snapshots, or add disks.",
    runbook: `lost-pool-${pool}-of-${appliance}.md`,
  };
}

function quotaFilled(concern: Concern, rung: Rung): Rule {
  const { appliance, level, severity } = rung;

  return {
    alert: "QuotaFills",
    expr: between(samples(concern, "quota_used_ratio", { appliance }), rung),
    for: "15m",
    severity: severity === "critical" ? severityAt(concern, appliance) : severity,
    labels: { appliance, level: `${level}` },
    summary: `{{ $labels.dataset }} on ${appliance} has used ${level} % of its quota`,
    remedy:
      "At 100 % writes fail for those who use it. Ask its owner to delete, or raise the quota in the site and run npm run plan.",
  };
}
