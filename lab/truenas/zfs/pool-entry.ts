import { PythonFloat } from "../middleware/kinds.ts";
import type { ApplianceState, PoolCondition } from "../state/appliance-state.ts";
import { type PoolRow, type ScanRow, TOPOLOGY_CLASSES, type VdevRow } from "../state/rows.ts";
import { mountpoint } from "./dataset-tree.ts";
import { rawVdevBytes } from "./pool-geometry.ts";
import { rawSpace } from "./space.ts";

/** A pool as `pool.query` returns it. */
export type PoolEntry = Readonly<Record<string, unknown>> & { readonly id: number; readonly name: string };

/** What `zpool status` says about each condition. */
const STATUS_DETAILS: Readonly<
  Record<PoolCondition["status"], { readonly code: string; readonly detail: string | null }>
> = {
  ONLINE: { code: "OK", detail: null },
  DEGRADED: {
    code: "MISSING_DEV_R",
    detail:
      "One or more devices could not be opened. Sufficient replicas exist for the pool to continue functioning in a degraded state.",
  },
  FAULTED: {
    code: "MISSING_DEV_NR",
    detail:
      "One or more devices could not be opened. There are insufficient replicas for the pool to continue functioning.",
  },
  SUSPENDED: { code: "IO_FAILURE_WAIT", detail: "One or more devices are faulted in response to IO failures." },
};

const stats = (size: number) => ({
  timestamp: 0,
  read_errors: 0,
  write_errors: 0,
  checksum_errors: 0,
  ops: [0, 0, 0, 0, 0, 0, 0],
  bytes: [0, 0, 0, 0, 0, 0, 0],
  size,
  allocated: 0,
  fragmentation: 0,
  self_healed: 0,
  configured_ashift: 12,
  logical_ashift: 9,
  physical_ashift: 12,
});

function diskNode(
  state: ApplianceState,
  { serial, guid }: VdevRow["disks"][number],
  sick: boolean,
): Record<string, unknown> {
  const disk = state.disks.get(serial);
  return {
    name: guid,
    type: "DISK",
    path: `/dev/disk/by-partuuid/${guid}`,
    guid,
    status: sick ? "UNAVAIL" : "ONLINE",
    stats: stats(disk?.size ?? 0),
    children: [],
    device: sick || disk === undefined ? null : `${disk.name}1`,
    disk: sick || disk === undefined ? null : disk.name,
    unavail_disk: sick && disk !== undefined ? { identifier: `{serial}${serial}`, name: disk.name, serial } : null,
  };
}

function vdevNodes(
  state: ApplianceState,
  vdev: VdevRow,
  index: number,
  sickDisk: string | undefined,
): Record<string, unknown>[] {
  const children = vdev.disks.map((disk) => diskNode(state, disk, disk.serial === sickDisk));
  if (vdev.type === "STRIPE") return children;
  const sick = vdev.disks.some((disk) => disk.serial === sickDisk);
  const sizes = vdev.disks.map(({ serial }) => state.disks.get(serial)?.size ?? 0);
  const node = {
    name: `${vdev.type.toLowerCase()}-${index}`,
    type: vdev.type.startsWith("DRAID") ? "DRAID" : vdev.type,
    path: null,
    guid: vdev.guid,
    status: sick ? "DEGRADED" : "ONLINE",
    stats: stats(rawVdevBytes({ ...vdev, sizes })),
    children,
    device: null,
    disk: null,
    unavail_disk: null,
  };
  return [node];
}

function scanEntry(scan: ScanRow | null): Record<string, unknown> {
  const date = (at: number) => ({ $date: Math.floor(at / 1000) * 1000 });
  return {
    function: scan === null ? null : "SCRUB",
    state: scan === null ? null : "FINISHED",
    start_time: scan === null ? null : date(scan.start),
    end_time: scan === null ? null : date(scan.end),
    percentage: scan === null ? null : new PythonFloat(100),
    bytes_to_process: scan === null ? null : 0,
    bytes_processed: scan === null ? null : 0,
    bytes_issued: scan === null ? null : 0,
    pause: null,
    errors: scan === null ? null : 0,
    total_secs_left: null,
  };
}

/** The topology of a pool as replies show it. */
export function topologyEntry(state: ApplianceState, pool: PoolRow): Record<string, unknown> {
  const sickDisk = state.poolConditions.get(pool.name)?.disk;
  return Object.fromEntries(
    TOPOLOGY_CLASSES.map((name) => [
      name,
      pool.topology[name].flatMap((vdev, index) => vdevNodes(state, vdev, index, sickDisk)),
    ]),
  );
}

/** A pool with its health, space and topology. */
export function poolEntry(state: ApplianceState, pool: PoolRow): PoolEntry {
  const { size, allocated } = rawSpace(state, pool);
  const free = size - allocated;
  const status = state.poolConditions.get(pool.name)?.status ?? "ONLINE";
  const { code, detail } = STATUS_DETAILS[status];
  const autotrim = pool.autotrim;
  return {
    id: pool.id,
    name: pool.name,
    guid: pool.guid,
    path: mountpoint(pool.name),
    status,
    scan: scanEntry(pool.scan),
    expand: null,
    topology: topologyEntry(state, pool),
    healthy: status === "ONLINE",
    warning: false,
    status_code: code,
    status_detail: detail,
    size,
    allocated,
    free,
    freeing: 0,
    fragmentation: "0",
    size_str: String(size),
    allocated_str: String(allocated),
    free_str: String(free),
    freeing_str: "0",
    autotrim: {
      parsed: autotrim,
      rawvalue: autotrim,
      source: autotrim === "off" ? "DEFAULT" : "LOCAL",
      value: autotrim,
    },
    dedup_table_quota: pool.dedupTableQuota,
    dedup_table_size: 0,
  };
}
