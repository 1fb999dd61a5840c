import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { copiesOf } from "./copies.ts";

/** Runtime state is rebuilt from a copy if its pool dies; the same host will do for that. */
export const runtimeDataHasCopyOnAnotherPool: Rule = {
  name: "runtime-data-has-copy-on-another-pool",
  description: "Runtime data must have one further copy on another pool.",
  source: "D1 §2, D2 Local backups, ADR-0017",
  remedy: "replicate it to another pool of this appliance, or to another one",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "runtime") || isCopy(data)) return [];
    if (copiesOf(data, stack).some(({ place }) => place !== "same-pool")) return [];
    return ["is runtime state and must have a copy on another pool"];
  },
};
