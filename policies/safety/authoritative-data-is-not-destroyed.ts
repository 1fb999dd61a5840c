import { isOf } from "../classification/data.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";

/** The provider's own guard must hold when the engine's has been lifted. */
export const authoritativeDataIsNotDestroyed: Rule = {
  name: "authoritative-data-is-not-destroyed",
  description: "Authoritative datasets must not say that they may be destroyed.",
  source: "D1 §1, D4 §6",
  remedy: "set `onDestroy` to refuse or retain",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data) {
    if (!isOf(data, "authoritative") || textAt(data.props, "onDestroy") !== "destroy") return [];
    return ["is authoritative and must not be destroyed with its lines"];
  },
};
