import { isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";

/** Losing a line of the program must not lose data; what the site retains is let go of on purpose and stays. */
export const authoritativeDataIsProtected: Rule = {
  name: "authoritative-data-is-protected",
  description: "Authoritative datasets must be protected, unless the site retains them.",
  source: "D1 §1, D4 §6",
  remedy: "leave `onDestroy` at refuse, or set it to retain to take the dataset out and keep its data",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative") || data.waits || data.protect !== false) return [];
    if (stack.site?.retained.includes(data.name)) return [];
    return ["is authoritative and must be protected against deletion and replacement"];
  },
};
