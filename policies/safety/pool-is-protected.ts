import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";

/** A preview that would let go of a pool must fail before anything else is done; what the site retains may leave, and stays. */
export const poolIsProtected: Rule = {
  name: "pool-is-protected",
  description: "Pools must be protected, unless the site retains them.",
  source: "D4 §6, ADR-0006",
  remedy: "leave `onDestroy` at refuse, or set it to retain to take the pool out and keep its data",
  severity: "critical",
  weight: "always",
  judges: [POOL],
  judge(pool, stack) {
    if (pool.waits || pool.protect !== false || stack.site?.retained.includes(pool.name)) return [];
    return ["must be protected against deletion and replacement"];
  },
};
