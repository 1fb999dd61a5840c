import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, Extent, FileRow } from "../state/rows.ts";
import { snapshotsOf } from "./snapshots.ts";

/** Bytes that an empty dataset occupies. */
export const EMPTY_DATASET_BYTES = 96 * 1024;

const sum = (extents: readonly Extent[]) => extents.reduce((total, { bytes }) => total + bytes, 0);

/** Bytes that a dataset refers to now. */
export function liveBytes(dataset: DatasetRow): number {
  return EMPTY_DATASET_BYTES + sum(dataset.extents.filter(({ died }) => died === null));
}

/** Bytes of a clone that the snapshot of its origin holds anyway. */
export function sharedBytes(dataset: DatasetRow): number {
  return sum(dataset.extents.filter(({ shared, died }) => shared === true && died === null));
}

/** Bytes that only snapshots of the dataset still refer to. */
export function deadBytes(dataset: DatasetRow): number {
  return sum(dataset.extents.filter(({ died, shared }) => died !== null && shared !== true));
}

/** Bytes that the dataset refers to and no snapshot does. */
export function unsnapshottedBytes(state: ApplianceState, dataset: DatasetRow): number {
  const last = snapshotsOf(state, dataset.id).at(-1)?.createtxg ?? 0;
  const base = dataset.createtxg > last ? EMPTY_DATASET_BYTES : 0;
  return (
    base + sum(dataset.extents.filter(({ born, died, shared }) => died === null && born > last && shared !== true))
  );
}

/** Adds data to a dataset; the caller has made sure that there is room. */
export function addBytes(state: ApplianceState, dataset: DatasetRow, bytes: number): void {
  const extent = { bytes, born: state.next("txg"), died: null };
  state.datasets.put(dataset.id, { ...dataset, extents: [...dataset.extents, extent] });
}

/** Writes a file in place of the one that had its name; without one, only takes away the file of that name. */
export function replaceFile(
  state: ApplianceState,
  dataset: DatasetRow,
  path: string,
  written?: { readonly file: FileRow; readonly bytes: number },
): void {
  const now = state.next("txg");
  const kept = dataset.extents.map((extent) =>
    extent.died === null && extent.file?.path === path ? { ...extent, died: now } : extent,
  );
  const added = written === undefined ? [] : [{ ...written, born: now, died: null }];
  state.datasets.put(dataset.id, { ...dataset, extents: [...kept, ...added] });
  releaseBytes(state, dataset.id);
}

/** Removes data that no file's name was given to, the newest first; what a snapshot holds stays on disk. Returns how many bytes were there to remove. */
export function removeBytes(state: ApplianceState, dataset: DatasetRow, bytes: number): number {
  const died = state.next("txg");
  let left = bytes;
  const extents = [...dataset.extents].reverse().flatMap((extent): Extent[] => {
    const nameless = extent.died === null && extent.file === undefined;
    const taken = nameless ? Math.min(left, extent.bytes) : 0;
    left -= taken;
    if (taken === 0) return [extent];
    const gone = { ...extent, bytes: taken, died };
    return taken === extent.bytes ? [gone] : [gone, { ...extent, bytes: extent.bytes - taken }];
  });
  state.datasets.put(dataset.id, { ...dataset, extents: extents.reverse() });
  releaseBytes(state, dataset.id);
  return bytes - left;
}

/** Lets go of removed data that no snapshot holds any more. */
export function releaseBytes(state: ApplianceState, id: string): void {
  const dataset = state.datasets.get(id);
  if (dataset === undefined || !dataset.extents.some(({ died }) => died !== null)) return;
  const held = snapshotsOf(state, id).map(({ createtxg }) => createtxg);
  const extents = dataset.extents.filter(
    ({ born, died }) => died === null || held.some((txg) => born <= txg && txg < died),
  );
  if (extents.length < dataset.extents.length) state.datasets.put(id, { ...dataset, extents });
}

/** Bytes that only the snapshot taken at this transaction group still holds. */
export function uniqueBytes(state: ApplianceState, dataset: DatasetRow, createtxg: number): number {
  const others = snapshotsOf(state, dataset.id).flatMap((snapshot) =>
    snapshot.createtxg === createtxg ? [] : snapshot.createtxg,
  );
  const holds = (txg: number, { born, died }: Extent) => died !== null && born <= txg && txg < died;
  return sum(dataset.extents.filter((extent) => holds(createtxg, extent) && !others.some((txg) => holds(txg, extent))));
}
