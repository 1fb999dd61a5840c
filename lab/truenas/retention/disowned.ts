import { lifetimeMs } from "../scheduling/lifetime.ts";
import { nameTime } from "../scheduling/naming-schema.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow, SnapshotTaskRow } from "../state/rows.ts";
import { snapshotsOf } from "../zfs/snapshots.ts";
import { fixRemovalDate } from "./removal-dates.ts";
import { snapshotTaskOwner } from "./snapshot-task-owner.ts";

/** Names of snapshots by their dataset. */
export type ByDataset = Readonly<Record<string, readonly string[]>>;

function ownedBy(state: ApplianceState, task: SnapshotTaskRow): SnapshotRow[] {
  const owner = snapshotTaskOwner(task, 0);
  const datasets = state.snapshotsByDataset.names().filter((dataset) => owner.ownsDataset(dataset));
  return datasets
    .flatMap((dataset) => snapshotsOf(state, dataset))
    .filter(({ dataset, name }) => {
      const time = nameTime(task.naming_schema, name);
      return time !== undefined && owner.ownsSnapshot(dataset, { name, schema: task.naming_schema, time });
    });
}

/**
 * The snapshots that a task owns and would no longer own as it is to become, or without it. Another lifetime alone
 * disowns none.
 */
export function disowned(state: ApplianceState, old: SnapshotTaskRow, after?: SnapshotTaskRow): ByDataset {
  const kept = new Set(after === undefined ? [] : ownedBy(state, after).map(({ id }) => id));
  const lost = ownedBy(state, old).filter(({ id }) => !kept.has(id));
  const sorted = lost.sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(
    [...Map.groupBy(sorted, ({ dataset }) => dataset)].map(([dataset, rows]) => [
      dataset,
      rows.map(({ name }) => name),
    ]),
  );
}

/** Writes onto snapshots that a task disowns when they would have gone. */
export function fixRemovalDates(state: ApplianceState, snapshots: ByDataset, task: SnapshotTaskRow): void {
  for (const [dataset, names] of Object.entries(snapshots))
    for (const name of names) {
      const snapshot = state.snapshots.get(`${dataset}@${name}`);
      const time = nameTime(task.naming_schema, name);
      if (snapshot !== undefined && time !== undefined) fixRemovalDate(state, snapshot, time + lifetimeMs(task));
    }
}
