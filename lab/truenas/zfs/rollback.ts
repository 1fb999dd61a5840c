import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow } from "../state/rows.ts";
import { releaseBytes } from "./extents.ts";
import { snapshotsOf } from "./snapshots.ts";

/** Makes a dataset what it was at one of its snapshots; younger snapshots go. */
export function rollBackTo(state: ApplianceState, target: SnapshotRow): void {
  for (const snapshot of snapshotsOf(state, target.dataset))
    if (snapshot.createtxg > target.createtxg) state.snapshots.delete(snapshot.id);
  const dataset = state.datasets.get(target.dataset);
  if (dataset === undefined) return;
  const kept = dataset.extents.filter(({ born }) => born <= target.createtxg);
  const extents = kept.map((extent) =>
    extent.died !== null && extent.died > target.createtxg ? { ...extent, died: null } : extent,
  );
  state.datasets.put(dataset.id, { ...dataset, extents });
  releaseBytes(state, dataset.id);
}
