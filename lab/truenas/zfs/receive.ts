import { makeMountpoint } from "../filesystem/nodes.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, SnapshotRow } from "../state/rows.ts";
import { isPinned } from "./clones.ts";
import { mountpoint, parentPath } from "./dataset-tree.ts";
import { removeBytes, replaceFile } from "./extents.ts";
import { limitBytes } from "./properties.ts";
import { rollBackTo } from "./rollback.ts";
import type { Stream } from "./send.ts";
import { snapshotsOf } from "./snapshots.ts";
import { available, dirAvailable, usage } from "./space.ts";

/** What `zfs` prints when it fails. */
export class ZfsError extends Error {}

/** How a stream's properties are taken. */
export interface ReceiveOptions {
  /** False for a stream without properties. */
  readonly properties: boolean;
  readonly exclude: readonly string[];
  readonly override: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Properties that belong to the dataset itself and come with every stream. */
const INTRINSIC = ["volsize", "volblocksize", "casesensitivity"] as const;

const failed = ({ from }: Stream, reason: string) =>
  new ZfsError(`cannot receive ${from === undefined ? "new filesystem" : "incremental"} stream: ${reason}`);

/** Where the copy has the snapshot that the stream begins with; undefined for a stream that begins with nothing. */
function baseOf(state: ApplianceState, id: string, stream: Stream): SnapshotRow | undefined {
  const { from } = stream;
  const there = snapshotsOf(state, id);
  if (from === undefined) {
    const [first] = there;
    if (first !== undefined)
      throw failed(stream, `destination has snapshots (eg. ${first.id})\nmust destroy them to overwrite it`);
    return undefined;
  }
  const base = there.find(({ guid }) => guid === from.guid);
  if (base === undefined) throw failed(stream, `most recent snapshot of ${id} does not\nmatch incremental source`);
  const pinned = there.find((copy) => copy.createtxg > base.createtxg && isPinned(state, copy));
  if (pinned !== undefined) throw failed(stream, "dataset is busy");
  return base;
}

function checkRoom(state: ApplianceState, id: string, stream: Stream): void {
  const room = roomFor(state, id);
  if (stream.bytes <= room) return;
  const dataset = state.datasets.get(id);
  const quotas = [id, ...above(id)].flatMap((path) => state.datasets.get(path) ?? []);
  const full = quotas.find((row) => {
    const quota = limitBytes(row, "quota");
    return quota > 0 && usage(state, row).total + stream.bytes > quota;
  });
  if (dataset !== undefined || quotas.length > 0) keepPartial(state, id, stream, room);
  throw failed(stream, full === undefined ? "out of space" : `destination ${id} space quota exceeded.`);
}

function roomFor(state: ApplianceState, id: string): number {
  const dataset = state.datasets.get(id);
  if (dataset !== undefined) return available(state, dataset) + (dataset.partial?.bytes ?? 0);
  const parent = state.datasets.get(parentPath(id) ?? "");
  return parent === undefined ? 0 : dirAvailable(state, parent);
}

const above = (id: string): string[] => {
  const parent = parentPath(id);
  return parent === undefined ? [] : [parent, ...above(parent)];
};

function requireParent(state: ApplianceState, id: string, stream: Stream): void {
  if (state.datasets.has(id)) return;
  const parent = parentPath(id);
  if (parent === undefined || !state.datasets.has(parent)) throw failed(stream, `destination '${id}' does not exist`);
}

/** An empty dataset to receive into. */
function fresh(state: ApplianceState, id: string, { dataset }: Stream, now: number): DatasetRow {
  const { type } = dataset;
  const row: DatasetRow = {
    id,
    type,
    guid: state.guid(),
    createtxg: state.next("txg"),
    createdAt: now,
    properties: type === "FILESYSTEM" ? { xattr: "sa" } : {},
    userProperties: {},
    extents: [],
  };
  state.datasets.put(id, row);
  if (type === "FILESYSTEM") makeMountpoint(state, id);
  return row;
}

/**
 * Takes in what arrived of a stream that broke off: it stays, invisible, until the rest comes or it is given up.
 * `bytes` is how much arrived.
 */
export function keepPartial(state: ApplianceState, id: string, stream: Stream, bytes: number, now = 0): void {
  const row = state.datasets.get(id) ?? fresh(state, id, stream, now);
  const { to, from } = stream;
  const partial = { to: to.guid, name: to.name, from: from?.guid ?? null, bytes };
  state.datasets.put(id, { ...row, partial });
}

/** Gives up what arrived of a stream that broke off. A dataset that was never whole goes with it. */
export function abandonPartial(state: ApplianceState, id: string): void {
  const row = state.datasets.get(id);
  if (row?.partial === undefined) return;
  const { partial, ...rest } = row;
  if (partial.from === null && snapshotsOf(state, id).length === 0 && row.extents.length === 0)
    state.datasets.delete(id);
  else state.datasets.put(id, rest);
}

function receivedProperties(
  { dataset }: Stream,
  { properties, exclude }: ReceiveOptions,
  hidden: readonly string[],
): NonNullable<DatasetRow["received"]> {
  const wanted = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => properties && !exclude.includes(key)));
  const intrinsic = new Set<string>(INTRINSIC);
  const native = { ...dataset.received?.native, ...dataset.properties };
  return {
    native: wanted(
      Object.fromEntries(Object.entries(native).filter(([key]) => !intrinsic.has(key) && !hidden.includes(key))),
    ),
    user: wanted({ ...dataset.received?.user, ...dataset.userProperties }),
    hidden,
  };
}

/**
 * `zfs recv -s -F`: brings a copy to the stream's snapshot. What was changed in the copy is undone, and its snapshots
 * younger than the one that the stream begins with go.
 */
export function receive(state: ApplianceState, id: string, stream: Stream, options: ReceiveOptions): SnapshotRow {
  requireParent(state, id, stream);
  const base = baseOf(state, id, stream);
  if (state.datasets.get(id)?.busy === true) throw failed(stream, "dataset is busy");
  checkRoom(state, id, stream);
  if (base !== undefined) rollBackTo(state, base);
  const { partial: _done, ...row } = state.datasets.get(id) ?? fresh(state, id, stream, options.now);
  const intrinsic = INTRINSIC.flatMap((key) => {
    const value = stream.dataset.properties[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  state.datasets.put(id, {
    ...row,
    // A whole stream takes the place of everything that was there.
    extents: base === undefined ? [] : row.extents,
    properties: { ...row.properties, ...Object.fromEntries(intrinsic), ...native(options.override) },
    userProperties: { ...row.userProperties, ...user(options.override) },
    received: receivedProperties(stream, options, row.received?.hidden ?? []),
  });
  write(state, id, stream);
  return noteSnapshot(state, id, stream);
}

const native = (override: Readonly<Record<string, string>>) => pick(override, (key) => !key.includes(":"));
const user = (override: Readonly<Record<string, string>>) => pick(override, (key) => key.includes(":"));
const pick = (all: Readonly<Record<string, string>>, fits: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => fits(key)));

function write(state: ApplianceState, id: string, stream: Stream): void {
  const now = () => state.datasets.get(id);
  for (const path of stream.removedFiles) {
    const row = now();
    if (row !== undefined) replaceFile(state, row, path);
  }
  const before = now();
  if (before !== undefined && stream.removedBytes > 0) removeBytes(state, before, stream.removedBytes);
  const row = now();
  if (row === undefined) return;
  const born = state.next("txg");
  const added = stream.added.map((sent) => ({ ...sent, born, died: null }));
  if (added.length > 0) state.datasets.put(id, { ...row, extents: [...row.extents, ...added] });
  if (row.type === "FILESYSTEM")
    for (const node of stream.nodes)
      state.nodes.put(`${mountpoint(id)}${node.path}`, { ...node, path: `${mountpoint(id)}${node.path}` });
}

function noteSnapshot(state: ApplianceState, dataset: string, { to }: Stream): SnapshotRow {
  const id = `${dataset}@${to.name}`;
  return state.snapshots.put(id, { ...to, id, dataset, createtxg: state.next("txg"), held: false });
}
