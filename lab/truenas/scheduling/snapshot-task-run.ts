import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, SnapshotTaskRow } from "../state/rows.ts";
import { isWithin, subtree } from "../zfs/dataset-tree.ts";
import { unsnapshottedBytes } from "../zfs/extents.ts";
import { snapshotProblem, takeSnapshots } from "../zfs/snapshot-actions.ts";
import { snapshotName } from "./naming-schema.ts";

/** The datasets that a task covers. */
export function covered(state: ApplianceState, task: SnapshotTaskRow): readonly DatasetRow[] {
  const top = state.datasets.get(task.dataset);
  if (top === undefined) return [];
  const candidates = task.recursive ? subtree(state, top.id) : [top];
  return candidates.filter((row) => !task.exclude.some((excluded) => isWithin(row.id, excluded)));
}

/** Takes a task's snapshots for the firing at `at`; those that exist already are left as they are. */
export function runSnapshotTask(state: ApplianceState, clock: Clock, task: SnapshotTaskRow, at: number): void {
  const name = snapshotName(task.naming_schema, at);
  const finish = (result: SnapshotTaskRow["state"]) =>
    state.snapshotTasks.put(task.id, { ...task, state: { ...result, at } });
  const datasets = covered(state, task);
  if (datasets.length === 0) {
    finish({ state: "ERROR", error: `cannot open '${task.dataset}': dataset does not exist` });
    return;
  }
  const due = datasets.filter((row) => task.allow_empty || unsnapshottedBytes(state, row) > 0);
  const problems = new Map(due.map((row) => [row, snapshotProblem(state, row, name)]));
  const full = due.find((row) => problems.get(row) === "space");
  if (full !== undefined) {
    finish({ state: "ERROR", error: `cannot create snapshot '${full.id}@${name}': out of space` });
    return;
  }
  const missing = due.filter((row) => problems.get(row) === undefined);
  if (missing.length > 0) takeSnapshots(state, clock, missing, name);
  finish({ state: "FINISHED", last_snapshot: `${task.dataset}@${name}` });
}
