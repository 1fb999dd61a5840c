import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";

/** A preview that would let go of a pool must fail before anything else is done. */
export const poolIsProtected: Rule = {
  name: "pool-is-protected",
  description: "Pools must be protected.",
  source: "D4 §6, ADR-0006",
  remedy: "set the resource option `protect`",
  severity: "critical",
  weight: "always",
  judges: [POOL],
  judge: (pool) => (pool.waits || pool.protect !== false ? [] : ["must be protected against deletion and replacement"]),
};
