import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";
import { promisesOf, terabytes } from "./promises.ts";

/** Copy-on-write slows down and fragments on a pool that is nearly full. */
export const poolKeepsHeadroom: Rule = {
  name: "pool-keeps-headroom",
  description: "A pool should keep the headroom that its site asks for, 10 % unless it says otherwise.",
  source: "D4 Capacity, ADR-0002",
  remedy: "lower a quota, add disks, or lower `minHeadroom` in the site",
  severity: "medium",
  weight: "advice",
  judges: [POOL],
  judge(pool, stack) {
    const wanted = stack.site?.minHeadroom ?? 10;
    const { usable, promised } = promisesOf(pool, stack);
    const free = 100 - (promised / usable) * 100;
    if (promised > usable || free >= wanted) return [];
    return [`keeps ${free.toFixed(1)} % of ${terabytes(usable)} free of promises and must keep ${wanted} %`];
  },
};
