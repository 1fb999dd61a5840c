import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { snapshotTasksOver } from "./snapshots.ts";

/** A file deleted by mistake comes back from a snapshot, or not at all. */
export const authoritativeDataHasSnapshots: Rule = {
  name: "authoritative-data-has-snapshots",
  description: "Authoritative data must be snapshotted.",
  source: "D1 §8, D4 Tier 1, ADR-0008",
  remedy: "add a snapshot tier to the dataset, or to one above it with `recursive: true`",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative") || isCopy(data) || snapshotTasksOver(data, stack).length > 0) return [];
    return ["is authoritative and must be covered by an enabled snapshot task"];
  },
};
