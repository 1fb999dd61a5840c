import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, PoolRow } from "../state/rows.ts";
import { childrenOf, parentPath, poolOf } from "./dataset-tree.ts";
import { deadBytes, liveBytes, sharedBytes, unsnapshottedBytes } from "./extents.ts";
import { rawVdevBytes, usablePoolBytes, type VdevSizes } from "./pool-geometry.ts";
import { limitBytes } from "./properties.ts";

/** The four parts of a dataset's `used`, in bytes. */
export interface Usage {
  readonly dataset: number;
  readonly snapshots: number;
  readonly children: number;
  readonly refreservation: number;
  readonly total: number;
}

interface Ledger {
  readonly generation: string;
  readonly usage: Map<string, Usage>;
  readonly poolBytes: Map<string, number>;
}

const ledgers = new WeakMap<ApplianceState, Ledger>();

function ledger(state: ApplianceState): Ledger {
  const generation = `${state.datasets.generation} ${state.snapshots.generation} ${state.pools.generation} ${state.disks.generation} ${state.poolConditions.generation}`;
  const cached = ledgers.get(state);
  if (cached?.generation === generation) return cached;
  const fresh = { generation, usage: new Map(), poolBytes: new Map() };
  ledgers.set(state, fresh);
  return fresh;
}

/** What a dataset and everything below it takes from its pool. */
export function usage(state: ApplianceState, dataset: DatasetRow): Usage {
  const { usage: known } = ledger(state);
  const cached = known.get(dataset.id);
  if (cached !== undefined) return cached;
  let children = 0;
  for (const path of childrenOf(state, dataset.id)) {
    const child = state.datasets.get(path);
    if (child !== undefined) children += Math.max(usage(state, child).total, limitBytes(child, "reservation"));
  }
  const own = liveBytes(dataset) - sharedBytes(dataset) + (dataset.partial?.bytes ?? 0);
  const snapshots = deadBytes(dataset);
  const refreservation = Math.max(0, limitBytes(dataset, "refreservation") - unsnapshottedBytes(state, dataset));
  const ballast = state.poolConditions.get(dataset.id)?.ballast ?? 0;
  const total = own + ballast + snapshots + children + refreservation;
  const fresh = { dataset: own + ballast, snapshots, children, refreservation, total };
  known.set(dataset.id, fresh);
  return fresh;
}

/** The sizes of a pool's data vdevs. */
export function dataVdevs(state: ApplianceState, pool: PoolRow): VdevSizes[] {
  return pool.topology.data.map(({ disks, ...vdev }) => ({
    ...vdev,
    sizes: disks.map(({ serial }) => state.disks.get(serial)?.size ?? 0),
  }));
}

/** Bytes that a pool offers to datasets when it is empty. */
export function poolBytes(state: ApplianceState, name: string): number {
  const { poolBytes: known } = ledger(state);
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const pool = state.pools.values().find((row) => row.name === name);
  const bytes = pool === undefined ? 0 : usablePoolBytes(dataVdevs(state, pool));
  known.set(name, bytes);
  return bytes;
}

/** Raw size and allocation of a pool as `zpool list` shows them, in bytes. */
export function rawSpace(state: ApplianceState, pool: PoolRow): { readonly size: number; readonly allocated: number } {
  const size = dataVdevs(state, pool).reduce((sum, vdev) => sum + rawVdevBytes(vdev), 0);
  const root = state.datasets.get(pool.name);
  const used = root === undefined ? 0 : usage(state, root).total;
  return { size, allocated: Math.min(size, Math.round((used * size) / Math.max(1, poolBytes(state, pool.name)))) };
}

/**
 * Bytes that a dataset and its children may still write: the tightest of its quota, its ancestors' quotas and the
 * pool, where room reserved for the dataset counts as its own.
 */
export function dirAvailable(state: ApplianceState, dataset: DatasetRow): number {
  const used = usage(state, dataset).total;
  const parent = parentPath(dataset.id);
  const above = parent === undefined ? undefined : state.datasets.get(parent);
  const unusedReservation = Math.max(0, limitBytes(dataset, "reservation") - used);
  const room = above === undefined ? Number.MAX_SAFE_INTEGER : dirAvailable(state, above) + unusedReservation;
  const quota = limitBytes(dataset, "quota") || Number.MAX_SAFE_INTEGER;
  const ceiling = above === undefined ? Math.min(quota, poolBytes(state, poolOf(dataset.id))) : quota;
  return used > ceiling ? 0 : Math.min(room, ceiling - used);
}

/** Bytes that a dataset itself may still write: also within its refquota, and including its unused refreservation. */
export function available(state: ApplianceState, dataset: DatasetRow): number {
  const room = dirAvailable(state, dataset) + usage(state, dataset).refreservation;
  const refquota = limitBytes(dataset, "refquota");
  return refquota === 0 ? room : Math.min(room, Math.max(0, refquota - liveBytes(dataset)));
}
