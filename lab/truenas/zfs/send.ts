import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, Extent, FileRow, NodeRow, SnapshotRow } from "../state/rows.ts";
import { nodesOf } from "./dataset-nodes.ts";
import { mountpoint } from "./dataset-tree.ts";

/** Data that a stream brings. */
export interface Sent {
  readonly bytes: number;
  readonly file?: FileRow;
}

/** What `zfs send` writes: how a dataset became what one snapshot shows, from nothing or from an earlier snapshot. */
export interface Stream {
  readonly dataset: DatasetRow;
  readonly to: SnapshotRow;
  readonly from?: SnapshotRow;
  readonly added: readonly Sent[];
  /** Bytes of nameless data that are gone since `from`. */
  readonly removedBytes: number;
  /** Files that are gone or written anew since `from`. */
  readonly removedFiles: readonly string[];
  /** Directories, their paths relative to the mount point. */
  readonly nodes: readonly NodeRow[];
  /** What passes through the pipe. */
  readonly bytes: number;
}

const isThere = ({ born, died }: Extent, { createtxg }: SnapshotRow) =>
  born <= createtxg && (died === null || createtxg < died);

/** A little of every stream is not data. */
const HEADER_BYTES = 4096;

/** The stream that brings a copy of the dataset from one snapshot to another; without `from` the whole of it. */
export function send(state: ApplianceState, dataset: DatasetRow, to: SnapshotRow, from?: SnapshotRow): Stream {
  const added = dataset.extents
    .filter((extent) => isThere(extent, to) && !(from !== undefined && isThere(extent, from)))
    .map(({ bytes, file }): Sent => (file === undefined ? { bytes } : { bytes, file }));
  const gone = dataset.extents.filter((extent) => from !== undefined && isThere(extent, from) && !isThere(extent, to));
  const nameless = gone.filter(({ file }) => file === undefined);
  const root = mountpoint(dataset.id);
  return {
    dataset,
    to,
    ...(from === undefined ? {} : { from }),
    added,
    removedBytes: nameless.reduce((sum, { bytes }) => sum + bytes, 0),
    removedFiles: gone.flatMap(({ file }) => (file === undefined ? [] : [file.path])),
    nodes: nodesOf(state, dataset.id).map((node) => ({ ...node, path: node.path.slice(root.length) })),
    bytes: added.reduce((sum, { bytes }) => sum + bytes, HEADER_BYTES),
  };
}
