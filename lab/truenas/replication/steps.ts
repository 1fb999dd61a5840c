import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, SnapshotRow } from "../state/rows.ts";
import { subtree } from "../zfs/dataset-tree.ts";
import { effective } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";
import { snapshotsOf } from "../zfs/snapshots.ts";
import { isReplicated, targetOf } from "./mapping.ts";
import type { Side } from "./session.ts";
import type { ReplicationSpec } from "./task-row.ts";

/** One dataset of a replication and its copy. */
export interface Step {
  readonly source: string;
  readonly target: string;
}

/** The two sides of a replication. */
export interface Sides {
  readonly source: Side;
  readonly target: Side;
}

/** The datasets at and below one source that are replicated, in order of name, each with its copy. */
export function stepsOf(spec: ReplicationSpec, { source }: Sides, root: string): Step[] {
  const rows = spec.recursive ? subtree(source.state, root) : [source.state.datasets.get(root)];
  return rows
    .flatMap((row) => (row !== undefined && isReplicated(spec, row.id) ? [row.id] : []))
    .map((dataset) => ({ source: dataset, target: targetOf(spec, dataset) }));
}

const names = new WeakMap<readonly SnapshotRow[], readonly string[]>();

/** Names of a dataset's snapshots, the oldest first; the same list as long as they are the same. */
export function snapshotNames(state: ApplianceState, dataset: string): readonly string[] {
  const rows = snapshotsOf(state, dataset);
  const known = names.get(rows) ?? rows.map(({ name }) => name);
  names.set(rows, known);
  return known;
}

/** True for a dataset that nobody can write to. */
export function isReadonly(state: ApplianceState, row: DatasetRow): boolean {
  return effective(state, row, property("readonly")).raw === "on";
}
