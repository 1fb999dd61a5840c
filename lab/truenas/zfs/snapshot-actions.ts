import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, SnapshotRow } from "../state/rows.ts";
import { liveBytes, releaseBytes } from "./extents.ts";
import { limitBytes } from "./properties.ts";
import { dirAvailable, usage } from "./space.ts";

/** What is missing for a snapshot of a dataset whose reservation must stay whole, or undefined. */
export function snapshotProblem(
  state: ApplianceState,
  dataset: DatasetRow,
  name: string,
): "exists" | "space" | undefined {
  if (state.snapshots.has(`${dataset.id}@${name}`)) return "exists";
  const reserved = limitBytes(dataset, "refreservation");
  if (reserved === 0) return undefined;
  const pinned = reserved - usage(state, dataset).refreservation;
  return pinned > dirAvailable(state, dataset) ? "space" : undefined;
}

/** Takes snapshots of the given datasets in one transaction group, as `zfs snapshot` of several does. */
export function takeSnapshots(
  state: ApplianceState,
  clock: Clock,
  datasets: readonly DatasetRow[],
  name: string,
  userProperties: Readonly<Record<string, string>> = {},
): SnapshotRow[] {
  const createtxg = state.next("txg");
  return datasets.map((dataset) => {
    const id = `${dataset.id}@${name}`;
    return state.snapshots.put(id, {
      id,
      dataset: dataset.id,
      name,
      guid: state.guid(),
      createtxg,
      createdAt: clock.time,
      referenced: liveBytes(dataset),
      userProperties,
      held: false,
    });
  });
}

/** Destroys a snapshot and frees what only it held. */
export function destroySnapshot(state: ApplianceState, snapshot: SnapshotRow): void {
  state.snapshots.delete(snapshot.id);
  releaseBytes(state, snapshot.dataset);
}
