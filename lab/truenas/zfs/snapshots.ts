import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow } from "../state/rows.ts";

interface Index {
  readonly generation: number;
  readonly byDataset: ReadonlyMap<string, readonly SnapshotRow[]>;
}

const known = new WeakMap<ApplianceState, Index>();

/** The snapshots of one dataset, oldest first. */
export function snapshotsOf(state: ApplianceState, dataset: string): readonly SnapshotRow[] {
  const cached = known.get(state);
  if (cached?.generation === state.snapshots.generation) return cached.byDataset.get(dataset) ?? [];
  const byDataset = new Map<string, SnapshotRow[]>();
  for (const snapshot of state.snapshots.values()) {
    const list = byDataset.get(snapshot.dataset);
    if (list === undefined) byDataset.set(snapshot.dataset, [snapshot]);
    else list.push(snapshot);
  }
  known.set(state, { generation: state.snapshots.generation, byDataset });
  return byDataset.get(dataset) ?? [];
}
