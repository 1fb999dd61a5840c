import type { Row } from "./rows.ts";

/** How full the quota of a dataset is, by whichever of its two quotas is nearer; undefined when it has none. */
export function quotaUsed(row: Row): number | undefined {
  const ratios = QUOTAS.flatMap(([limit, used]) => {
    const most = bytesIn(row[limit]);
    return most > 0 ? [bytesIn(row[used]) / most] : [];
  });

  return ratios.length === 0 ? undefined : Math.max(...ratios);
}

const QUOTAS = [
  ["quota", "used"],
  ["refquota", "usedbydataset"],
] as const;

function bytesIn(property: unknown): number {
  return Number((property as { readonly rawvalue?: unknown } | null | undefined)?.rawvalue ?? 0);
}
