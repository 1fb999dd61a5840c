import { ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding, Status } from "../finding.ts";

/** Pools and quotas have room. */
export const spaceIsLeft: Check = {
  name: "space-is-left",
  doc: "No pool and no quota is filled to the highest level that the site watches; from the lowest on they are listed.",
  find: (subject) => {
    const levels = [...subject.site.monitoring.capacityAlerts].sort((one, other) => one - other);
    return seenIn(subject).flatMap((seen) => [...poolsOf(seen, levels), ...quotasOf(seen, levels)]);
  },
};

function poolsOf({ name: appliance, declared, sight }: Seen, levels: readonly number[]): readonly Finding[] {
  return ofKind<{ name: string }>(declared, "Pool").flatMap(({ inputs: { name: pool } }) => {
    const row = sight.pools.find((candidate) => candidate["name"] === pool);
    const ratio = row ? Number(row["allocated"]) / Number(row["size"]) : Number.NaN;
    return Number.isFinite(ratio)
      ? [judged({ appliance, subject: pool, ratio, metric: "pool_used_ratio", labels: { pool } }, levels)]
      : [];
  });
}

/** Datasets with a quota of their own, also those that are made on demand below a declared one. */
function quotasOf({ name: appliance, sight }: Seen, levels: readonly number[]): readonly Finding[] {
  return [...sight.datasets].flatMap(([dataset, { quotaUsed }]) =>
    quotaUsed === undefined
      ? []
      : [
          judged(
            {
              ...{ appliance, subject: `quota of ${dataset}`, ratio: quotaUsed },
              ...{ metric: "quota_used_ratio", labels: { dataset } },
            },
            levels,
          ),
        ],
  );
}

interface Filled {
  readonly appliance: string;
  readonly subject: string;
  readonly ratio: number;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

function judged({ appliance, subject, ratio, metric, labels }: Filled, levels: readonly number[]): Finding {
  const percent = Math.floor(ratio * 100);
  const [lowest = 100, highest = 100] = [levels[0], levels.at(-1)];
  const status: Status = percent >= highest ? "failed" : percent >= lowest ? "noted" : "passed";
  const remedy = "delete what is not needed, raise the quota, or add disks; see npm run plan for what is promised";

  return {
    ...{ status, appliance, subject, found: `${percent} % used`, expected: `below ${highest} %` },
    ...(status === "failed" ? { remedy } : {}),
    measures: [{ metric, value: Math.round(ratio * 10_000) / 10_000, labels }],
  };
}
