import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow } from "../state/rows.ts";

/** The snapshots of one dataset, oldest first. */
export function snapshotsOf(state: ApplianceState, dataset: string): readonly SnapshotRow[] {
  return state.snapshotsByDataset.of(dataset);
}
