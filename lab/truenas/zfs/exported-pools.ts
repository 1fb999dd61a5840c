import type { ApplianceState } from "../state/appliance-state.ts";
import { type DiskRow, type PoolRow, TOPOLOGY_CLASSES } from "../state/rows.ts";
import type { Table } from "../state/store.ts";
import { poolOf } from "./dataset-tree.ts";

/** Tables of what lies on a pool's disks, with the pool that a row is of. */
const ON_DISK: readonly (readonly [table: string, pool: (key: string) => string])[] = [
  ["datasets", poolOf],
  ["snapshots", (key) => poolOf(key.split("@", 1)[0] ?? key)],
  ["nodes", (path) => poolOf(path.replace(/^\/mnt\//, ""))],
];
const SEQUENCES = ["next txg", "next guid"];

function exported<Row>(state: ApplianceState, table: string): Table<Row> {
  return state.table(`exported ${table}`);
}

/** The pools on the appliance's disks that are not imported. */
export function exportedPools(state: ApplianceState): readonly PoolRow[] {
  return exported<PoolRow>(state, "pools").values();
}

/** The pool that waits on a disk to be imported. */
export function exportedPoolOn(state: ApplianceState, serial: string): PoolRow | undefined {
  const holds = ({ topology }: PoolRow) =>
    TOPOLOGY_CLASSES.some((name) => topology[name].some(({ disks }) => disks.some((disk) => disk.serial === serial)));
  return exportedPools(state).find(holds);
}

/** Lets go of a pool whose disks stay, with all that is on them. */
export function exportPool(state: ApplianceState, pool: PoolRow): void {
  state.pools.delete(pool.id);
  exported<PoolRow>(state, "pools").put(pool.guid, pool);
  moveRows(state, pool.name, (table) => [state.table(table), exported(state, table)]);
}

/** Puts the disks of another appliance in, with all that is on them; their pools wait to be imported. */
export function insertDisks(state: ApplianceState, from: ApplianceState): void {
  for (const disk of from.disks.values()) state.disks.put(disk.serial, disk satisfies DiskRow);
  const pools = [...from.pools.values(), ...exportedPools(from)];
  for (const pool of pools) exported<PoolRow>(state, "pools").put(pool.guid, pool);
  for (const [table] of ON_DISK)
    for (const source of [from.table(table), exported(from, table)])
      for (const [key, row] of source.entries()) exported(state, table).put(key, row);
  for (const name of SEQUENCES)
    state.facts.put(name, Math.max(Number(from.facts.get(name) ?? 1), Number(state.facts.get(name) ?? 1)));
  state.commit();
}

/** Imports a pool whose disks are there, under the row id that the configuration has for it; false when they are not. */
export function importPool(state: ApplianceState, guid: string, id: number): boolean {
  const pool = exported<PoolRow>(state, "pools").get(guid);
  if (pool === undefined) return false;
  exported(state, "pools").delete(guid);
  state.pools.put(id, { ...pool, id });
  moveRows(state, pool.name, (table) => [exported(state, table), state.table(table)]);
  return true;
}

function moveRows(
  state: ApplianceState,
  pool: string,
  between: (table: string) => readonly [from: Table<unknown>, to: Table<unknown>],
): void {
  for (const [table, poolOfRow] of ON_DISK) {
    const [from, to] = between(table);
    for (const [key, row] of from.entries()) {
      if (poolOfRow(key) !== pool) continue;
      from.delete(key);
      to.put(key, row);
    }
  }
  state.commit();
}
