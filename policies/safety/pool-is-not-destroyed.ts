import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";

/** Nothing in a program is a reason to destroy a pool. */
export const poolIsNotDestroyed: Rule = {
  name: "pool-is-not-destroyed",
  description: "Pools must not say that they may be destroyed.",
  source: "D4 §6, ADR-0006",
  remedy: "take `onDestroy` out; a pool is destroyed by hand or not at all",
  severity: "critical",
  weight: "always",
  judges: [POOL],
  judge: ({ props }) => (textAt(props, "onDestroy") === "destroy" ? ["must not be destroyed with its lines"] : []),
};
