import { isOf, pathOf } from "../classification/data.ts";
import { snapshotTasksOver } from "../protection/snapshots.ts";
import type { Rule } from "../rule.ts";
import { STORAGE_CLASS } from "../tokens.ts";
import { parentOf, reclaimPolicyOf } from "./storage-classes.ts";

/** Deleting with the claim is convenient, and right where a snapshot can undo it or nothing is lost. */
export const classDeletesWhatMayGo: Rule = {
  name: "class-deletes-what-may-go",
  description: "A StorageClass may delete volumes of runtime data only where snapshots cover them.",
  source: "D4 §3, ADR-0026",
  remedy: "snapshot the dataset recursively, or set `reclaimPolicy: Retain`",
  severity: "high",
  weight: "always",
  judges: [STORAGE_CLASS],
  judge(storageClass, stack) {
    const parent = parentOf(storageClass, stack);
    if (!parent || !isOf(parent, "runtime") || reclaimPolicyOf(storageClass) !== "Delete") return [];
    if (snapshotTasksOver(parent, stack).length > 0) return [];
    return [
      `deletes volumes below ${pathOf(parent)}, which is runtime state, and must have snapshots there or retain them`,
    ];
  },
};
