import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, NodeRow } from "../state/rows.ts";
import { ancestorsOf, datasetOfPath, poolOf } from "../zfs/dataset-tree.ts";
import { addBytes, liveBytes, removeBytes } from "../zfs/extents.ts";
import { effective, limitBytes } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";
import { available, usage } from "../zfs/space.ts";
import { allows, type Identity, type Right } from "./access.ts";
import { type FileContent, fileAt, writeAt } from "./files.ts";
import { nodeAt } from "./nodes.ts";

/** What a consumer's operation fails with. */
export type Errno = "EACCES" | "EROFS" | "EDQUOT" | "ENOSPC" | "ENOENT" | "EIO" | "ECONNREFUSED";

/** A file operation refused by the appliance, with the errno that the consumer sees. */
export class ConsumerError extends Error {
  readonly errno: Errno;

  constructor(errno: Errno, message: string) {
    super(`${errno}: ${message}`);
    this.errno = errno;
  }
}

interface Place {
  readonly node: NodeRow;
  readonly dataset: DatasetRow;
}

function placeOf(state: ApplianceState, path: string): Place {
  const node = nodeAt(state, path);
  const dataset = datasetOfPath(state, path);
  if (node === undefined || dataset === undefined) throw new ConsumerError("ENOENT", `${path} does not exist`);
  const condition = state.poolConditions.get(poolOf(dataset.id))?.status ?? "ONLINE";
  if (condition === "SUSPENDED" || condition === "FAULTED")
    throw new ConsumerError("EIO", `the pool of ${path} is ${condition}`);
  return { node, dataset };
}

function requireRights(state: ApplianceState, { node }: Place, identity: Identity, rights: readonly Right[]): void {
  const missing = rights.filter((right) => !allows(state, node, identity, right));
  if (missing.length === 0) return;
  const groups = identity.gids.join(",");
  throw new ConsumerError(
    "EACCES",
    `uid ${identity.uid} (groups ${groups}) has no ${missing.join(" and ")} permission on ${node.path}`,
  );
}

function requireWritable(state: ApplianceState, { dataset }: Place): void {
  if (effective(state, dataset, property("readonly")).raw === "on")
    throw new ConsumerError("EROFS", `${dataset.id} is read-only`);
}

// ZFS tells a quota that is used up from a pool that is full.
function requireRoom(state: ApplianceState, { dataset }: Place, bytes: number): void {
  if (bytes <= available(state, dataset)) return;
  const refquota = limitBytes(dataset, "refquota");
  const quotas = [dataset, ...ancestorsOf(state, dataset.id)].filter((row) => limitBytes(row, "quota") > 0);
  const exceeded = quotas.find((row) => usage(state, row).total + bytes > limitBytes(row, "quota"));
  if (refquota > 0 && liveBytes(dataset) + bytes > refquota)
    throw new ConsumerError("EDQUOT", `refquota of ${dataset.id} exceeded`);
  if (exceeded !== undefined) throw new ConsumerError("EDQUOT", `quota of ${exceeded.id} exceeded`);
  throw new ConsumerError("ENOSPC", `no space left for ${dataset.id}`);
}

/** Adds a file of that many bytes to a directory. */
export function writeFile(state: ApplianceState, path: string, identity: Identity, bytes: number): void {
  const place = placeOf(state, path);
  requireWritable(state, place);
  requireRights(state, place, identity, ["write", "execute"]);
  requireRoom(state, place, bytes);
  addBytes(state, place.dataset, bytes);
}

/** Writes a file by name below a directory, in place of the one that is there. */
export function saveFile(state: ApplianceState, path: string, identity: Identity, file: string, to: FileContent): void {
  const place = placeOf(state, path);
  requireWritable(state, place);
  requireRights(state, place, identity, ["write", "execute"]);
  requireRoom(state, place, to.bytes ?? Buffer.byteLength(to.content));
  writeAt(state, `${path}/${file}`, to);
}

/** The content of a file below a directory. */
export function loadFile(state: ApplianceState, path: string, identity: Identity, file: string): string {
  requireRights(state, placeOf(state, path), identity, ["read", "execute"]);
  const found = fileAt(state, `${path}/${file}`);
  if (found === undefined) throw new ConsumerError("ENOENT", `${path}/${file} does not exist`);
  return found.content;
}

/** Deletes files of that many bytes from a directory; returns how many there were to delete. */
export function deleteFiles(state: ApplianceState, path: string, identity: Identity, bytes: number): number {
  const place = placeOf(state, path);
  requireWritable(state, place);
  requireRights(state, place, identity, ["write", "execute"]);
  return removeBytes(state, place.dataset, bytes);
}

/** Reads everything in a directory; returns the bytes of its dataset's files. */
export function readFiles(state: ApplianceState, path: string, identity: Identity): number {
  const place = placeOf(state, path);
  requireRights(state, place, identity, ["read", "execute"]);
  return place.dataset.extents.reduce((sum, { bytes, died }) => (died === null ? sum + bytes : sum), 0);
}
