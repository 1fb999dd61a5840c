import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { snapshotTasksOver } from "./snapshots.ts";

/** State that could be rebuilt is cheaper to roll back. */
export const runtimeDataHasSnapshots: Rule = {
  name: "runtime-data-has-snapshots",
  description: "Runtime data must be snapshotted.",
  source: "D1 §2, D4 Tier 1, ADR-0008",
  remedy: "add a snapshot tier to the dataset, or to one above it with `recursive: true`",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "runtime") || isCopy(data) || snapshotTasksOver(data, stack).length > 0) return [];
    return ["is runtime and must be covered by an enabled snapshot task"];
  },
};
