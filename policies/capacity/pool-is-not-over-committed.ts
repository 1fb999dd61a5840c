import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";
import { promisesOf, terabytes } from "./promises.ts";

/** D4 plans capacity with head room; quotas that promise more than the pool has leave none. */
export const poolIsNotOverCommitted: Rule = {
  name: "pool-is-not-over-committed",
  description: "What the datasets of a pool may take together must fit its usable space.",
  source: "D4 Capacity, ADR-0002",
  remedy: "lower a quota, add disks, or record a waiver with a reason and a date",
  severity: "high",
  weight: "always",
  judges: [POOL],
  judge(pool, stack) {
    const { usable, promised } = promisesOf(pool, stack);
    if (promised <= usable) return [];

    const percent = Math.round((promised / usable) * 100);
    return [
      `promises its datasets ${terabytes(promised)} of ${terabytes(usable)} usable (${percent} %) and must stay within it`,
    ];
  },
};
