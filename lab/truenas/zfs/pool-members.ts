import type { ApplianceState } from "../state/appliance-state.ts";
import { type PoolRow, TOPOLOGY_CLASSES } from "../state/rows.ts";

/** A disk's place in a pool. */
export interface Membership {
  readonly pool: string;
  readonly guid: string;
}

interface Members {
  readonly generation: number;
  readonly bySerial: ReadonlyMap<string, Membership>;
}

const known = new WeakMap<ApplianceState, Members>();

/** The pool that uses a disk, or undefined for a free one. */
export function poolUsing(state: ApplianceState, serial: string): Membership | undefined {
  const cached = known.get(state);
  if (cached?.generation === state.pools.generation) return cached.bySerial.get(serial);
  const bySerial = new Map<string, Membership>();
  for (const pool of state.pools.values())
    for (const vdev of TOPOLOGY_CLASSES.flatMap((name) => pool.topology[name]))
      for (const disk of vdev.disks) bySerial.set(disk.serial, { pool: pool.name, guid: disk.guid });
  known.set(state, { generation: state.pools.generation, bySerial });
  return bySerial.get(serial);
}

/** The pool of that name. */
export function poolNamed(state: ApplianceState, name: string): PoolRow | undefined {
  return state.pools.values().find((pool) => pool.name === name);
}
