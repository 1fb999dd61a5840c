import { createHash } from "node:crypto";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, Extent, SnapshotRow } from "../state/rows.ts";
import { datasetOfPath, isWithin, mountpoint, subtree } from "../zfs/dataset-tree.ts";
import { replaceFile } from "../zfs/extents.ts";
import { nodeAt } from "./nodes.ts";

/** A file as somebody sees it who lists a directory. */
export interface FileEntry {
  /** Below the directory that was listed, without a slash in front. */
  readonly path: string;
  readonly bytes: number;
  readonly content: string;
  /** Of the content, in hex. */
  readonly sha256: string;
  /** Milliseconds since the epoch, by the appliance's clock. */
  readonly writtenAt: number;
}

/** What is written into a file. */
export interface FileContent {
  readonly content: string;
  /** What it takes. @default what the content has */
  readonly bytes?: number;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
}

/** A place in a filesystem, as it is now or as a snapshot keeps it. */
interface Place {
  readonly dataset: DatasetRow;
  readonly snapshot?: SnapshotRow;
  /** Below the dataset, without a slash in front; empty for the dataset itself. */
  readonly below: string;
}

const SNAPSHOT_PATH = /^(\/mnt\/.+?)\/\.zfs\/snapshot\/([^/]+)(\/.*)?$/;

function placeOf(state: ApplianceState, path: string): Place | undefined {
  const [, mount, name, rest = ""] = SNAPSHOT_PATH.exec(path) ?? [];
  const dataset = datasetOfPath(state, mount ?? path);
  if (dataset === undefined) return undefined;
  if (name === undefined) return { dataset, below: path.slice(mountpoint(dataset.id).length + 1) };
  const snapshot = state.snapshots.get(`${dataset.id}@${name}`);
  return snapshot && { dataset, snapshot, below: rest.slice(1) };
}

function isThere({ born, died }: Extent, snapshot: SnapshotRow | undefined): boolean {
  if (snapshot === undefined) return died === null;
  return born <= snapshot.createtxg && (died === null || snapshot.createtxg < died);
}

/** The SHA-256 of a file's content, in hex. */
export function checksum(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

function filesOf({ dataset, snapshot, below }: Place): FileEntry[] {
  return dataset.extents.flatMap((extent) => {
    const { file, bytes } = extent;
    if (file === undefined || !isThere(extent, snapshot)) return [];
    if (below !== "" && !isWithin(file.path, below)) return [];
    const path = below === "" ? file.path : file.path.slice(below.length + 1);
    return [{ path, bytes, content: file.content, sha256: checksum(file.content), writtenAt: file.writtenAt }];
  });
}

/**
 * Every file below a directory, also in datasets that are mounted below it, in order of path. In a path through
 * `.zfs/snapshot/NAME` the datasets below are empty directories, as they are on disk.
 */
export function filesBelow(state: ApplianceState, directory: string): FileEntry[] {
  const place = placeOf(state, directory);
  if (place === undefined) return [];
  const own = filesOf(place).filter(({ path }) => path !== "");
  const inner = place.snapshot === undefined ? mountedBelow(state, place.dataset, directory) : [];
  const others = inner.flatMap((dataset) => {
    const prefix = mountpoint(dataset.id).slice(directory.length + 1);
    return filesOf({ dataset, below: "" }).map((file) => ({ ...file, path: `${prefix}/${file.path}` }));
  });
  return [...own, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function mountedBelow(state: ApplianceState, dataset: DatasetRow, directory: string): readonly DatasetRow[] {
  const below = subtree(state, dataset.id).slice(1);
  return below.filter(
    ({ id, type, unmounted }) =>
      type === "FILESYSTEM" &&
      unmounted !== true &&
      isWithin(mountpoint(id), directory) &&
      mountpoint(id) !== directory,
  );
}

/** The file at a path, also one through `.zfs/snapshot/NAME`; undefined when there is none. */
export function fileAt(state: ApplianceState, path: string): FileEntry | undefined {
  const place = placeOf(state, path);
  return place && filesOf(place).find((file) => file.path === "");
}

/** True when there is a directory at the path: one that was made, or one that a file lies in. */
export function isDirectory(state: ApplianceState, path: string): boolean {
  const place = placeOf(state, path);
  if (place === undefined) return false;
  if (place.below === "" || nodeAt(state, path) !== undefined) return true;
  return filesOf(place).some((file) => file.path !== "");
}

/** Writes a file, in place of the one that is there; whether there is room is the caller's question. */
export function writeAt(
  state: ApplianceState,
  path: string,
  { content, bytes = Buffer.byteLength(content), at }: FileContent,
): void {
  const place = placeOf(state, path);
  if (place === undefined || place.snapshot !== undefined || place.below === "")
    throw new Error(`no file can be written at ${path}`);
  const file = { path: place.below, content, writtenAt: at };
  replaceFile(state, place.dataset, place.below, { file, bytes });
}

/** Takes a file away; false when there was none. */
export function removeAt(state: ApplianceState, path: string): boolean {
  const place = placeOf(state, path);
  if (place === undefined || place.snapshot !== undefined || fileAt(state, path) === undefined) return false;
  replaceFile(state, place.dataset, place.below);
  return true;
}

/** Names of what lies in a directory without having been made by a call: its files, and directories that files lie in. */
export function namesIn(state: ApplianceState, directory: string): readonly string[] {
  return [...new Set(filesBelow(state, directory).map(({ path }) => path.split("/", 1)[0] ?? path))];
}
