import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, Extent, SnapshotRow } from "../state/rows.ts";

/** The datasets that were made from a snapshot and still stand on it. */
export function clonesOf(state: ApplianceState, snapshot: string): readonly DatasetRow[] {
  return state.datasets.values().filter(({ origin }) => origin === snapshot);
}

/** True for a snapshot that ZFS destroys for nobody: somebody holds it, or a clone stands on it. */
export function isPinned(state: ApplianceState, snapshot: SnapshotRow): boolean {
  return snapshot.held || clonesOf(state, snapshot.id).length > 0;
}

/** Makes a dataset that begins with what a snapshot holds and shares it; whether it may is the caller's question. */
export function cloneSnapshot(
  state: ApplianceState,
  clock: Clock,
  snapshot: SnapshotRow,
  { id, properties, userProperties }: Pick<DatasetRow, "id" | "properties" | "userProperties">,
): DatasetRow | undefined {
  const source = state.datasets.get(snapshot.dataset);
  if (source === undefined) return undefined;
  const { type, properties: own } = source;
  const born = state.next("txg");
  const extents = source.extents
    .filter((extent) => extent.born <= snapshot.createtxg && (extent.died === null || snapshot.createtxg < extent.died))
    .map((extent): Extent => ({ ...extent, born, died: null, shared: true }));
  const casesensitivity = own["casesensitivity"];

  return state.datasets.put(id, {
    id,
    type,
    guid: state.guid(),
    createtxg: born,
    createdAt: clock.time,
    properties: { ...(casesensitivity === undefined ? {} : { casesensitivity }), ...properties },
    userProperties,
    extents,
    origin: snapshot.id,
  });
}
