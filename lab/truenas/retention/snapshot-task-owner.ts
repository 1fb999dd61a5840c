import { isExcluded } from "../replication/mapping.ts";
import { firesAt } from "../scheduling/cron.ts";
import { lifetimeMs } from "../scheduling/lifetime.ts";
import type { SnapshotTaskRow } from "../state/rows.ts";
import { isWithin } from "../zfs/dataset-tree.ts";
import type { Owner } from "./owner.ts";

/** A snapshot task owns what it would have taken itself: schema and schedule must both fit the name. */
export function snapshotTaskOwner(task: Omit<SnapshotTaskRow, "id" | "state">, now: number): Owner {
  const since = now - lifetimeMs(task);
  const { dataset: root, recursive, exclude, schedule } = task;
  return {
    schemas: [task.naming_schema],
    anyName: false,
    deletes: true,
    ownsDataset: (dataset) => (recursive ? isWithin(dataset, root) && !isExcluded(dataset, exclude) : dataset === root),
    ownsSnapshot: (_dataset, { time }) => firesAt(schedule, time),
    keeps: (_dataset, { time }) => time > since,
  };
}
