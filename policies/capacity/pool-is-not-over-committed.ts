import { promisedBytes, type SizedTopology, usableBytes } from "../../truenas/index.ts";
import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";

const CEILINGS: Readonly<Record<string, string>> = {
  "truenas:index:Dataset": "quota",
  "truenas:index:Zvol": "volsize",
};

/** D4 plans capacity with head room; quotas that promise more than the pool has leave none. */
export const poolIsNotOverCommitted: Rule = {
  name: "pool-is-not-over-committed",
  description: "What the datasets of a pool may take together must fit its usable space.",
  source: "D4 Capacity, ADR-0002",
  remedy: "lower a quota, add disks, or record a waiver with a reason and a date",
  severity: "high",
  level: "mandatory",
  judges: ["truenas:index:Pool"],
  judge(pool, stack) {
    const usable = usableBytes(pool.props["topology"] as SizedTopology);
    const promised = promisedBytes(ceilings(pool, stack));
    if (promised <= usable) return [];

    const percent = Math.round((promised / usable) * 100);
    return [
      `promises its datasets ${terabytes(promised)} of ${terabytes(usable)} usable (${percent} %) and must stay within it`,
    ];
  },
};

function ceilings(pool: Judged, stack: readonly Judged[]): { path: string; bytes: number }[] {
  const prefix = `${pool.props["name"]}/`;

  return stack.flatMap((resource) => {
    const property = CEILINGS[resource.type];
    if (!property || resource.home !== pool.home) return [];
    const path = String(resource.props["name"]);
    const bytes = Number(resource.props[property] ?? 0);
    return path.startsWith(prefix) && bytes > 0 ? [{ path, bytes }] : [];
  });
}

function terabytes(bytes: number): string {
  return `${(bytes / 1e12).toFixed(2)} TB`;
}
