import { makeMountpoint } from "../filesystem/nodes.ts";
import { CallError, InstanceNotFound, ValidationErrors } from "../middleware/errors.ts";
import type { Job } from "../middleware/jobs.ts";
import { absent, any, bool, defaulted, int, literal, nullable, type Of, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { PoolRow, TopologyClass } from "../state/rows.ts";
import { TOPOLOGY_CLASSES } from "../state/rows.ts";
import { isWithin } from "../zfs/dataset-tree.ts";
import { exportPool } from "../zfs/exported-pools.ts";
import { poolEntry } from "../zfs/pool-entry.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import { addScrubRow, scrubNow } from "../zfs/scrub.ts";
import { attachments, detach } from "./attachments.ts";
import { poolImportMethods } from "./pool-import.ts";
import { poolCreate, poolUpdate } from "./pool-models.ts";
import { plannedTopology } from "./pool-topology.ts";

/** The pool with that id, or the middleware's words for its absence. */
function instance({ state }: Context, id: number): PoolRow {
  const pool = state.pools.get(id);
  if (pool === undefined) throw new InstanceNotFound(`Pool ${id} does not exist`);
  return pool;
}

const VALID_NAME = /^[A-Za-z][A-Za-z0-9 _.:-]*$/;
const RESERVED_NAME = /^(mirror|raidz|draid|spare)|^log$/;

function checkDedupQuota(
  quota: string | null | undefined,
  value: number | null | undefined,
  prefix: string,
  errors: ValidationErrors,
): string {
  if (quota !== "CUSTOM" && value != null)
    errors.add(`${prefix}.dedup_table_quota`, "You must set Deduplication Table Quota to CUSTOM to specify a value.");
  if (quota === "CUSTOM" && value == null)
    errors.add(
      `${prefix}.dedup_table_quota_value`,
      "This field is required when Deduplication Table Quota is set to CUSTOM.",
    );
  return quota === null ? "none" : quota === "CUSTOM" ? String(value) : "auto";
}

function create(context: Context, data: Of<typeof poolCreate>, job: Job | undefined): unknown {
  const { state, clock, jobs } = context;
  const errors = new ValidationErrors();
  if (poolNamed(state, data.name) !== undefined)
    errors.add("pool_create.name", "A pool with this name already exists.", "EEXIST");
  else if (!VALID_NAME.test(data.name) || RESERVED_NAME.test(data.name))
    errors.add("pool_create.name", "Invalid pool name");
  if (data.encryption) errors.add("pool_create.encryption", "The simulated appliance does not encrypt");
  const dedupTableQuota =
    data.deduplication === "ON"
      ? checkDedupQuota(data.dedup_table_quota, data.dedup_table_quota_value, "pool_create", errors)
      : "auto";
  errors.check();
  const topology = plannedTopology(state, data.topology, {
    prefix: "pool_create",
    duplicates: data.allow_duplicate_serials,
  });
  if (job !== undefined) jobs.progress(job, 90, "Creating ZFS Pool");
  const id = state.next("pool");
  const pool: PoolRow = {
    id,
    name: data.name,
    guid: state.guid(),
    topology,
    autotrim: "off",
    dedupTableQuota,
    createdAt: clock.time,
    scan: null,
  };
  state.pools.put(id, pool);
  const draid = topology.data.some((vdev) => vdev.type.startsWith("DRAID"));
  state.datasets.put(data.name, {
    id: data.name,
    type: "FILESYSTEM",
    guid: state.guid(),
    createtxg: state.next("txg"),
    createdAt: clock.time,
    properties: {
      atime: "off",
      aclmode: "discard",
      acltype: "posix",
      compression: "lz4",
      aclinherit: "passthrough",
      xattr: "sa",
      ...(draid ? { recordsize: "1048576" } : {}),
      ...(data.checksum === null ? {} : { checksum: data.checksum.toLowerCase() }),
      ...(data.deduplication === null ? {} : { dedup: data.deduplication.toLowerCase() }),
    },
    userProperties: {},
    extents: [],
  });
  makeMountpoint(state, data.name);
  addScrubRow(state, id);
  if (job !== undefined) jobs.progress(job, 95, "Setting pool options");
  return poolEntry(state, pool);
}

function update(context: Context, id: number, data: Of<typeof poolUpdate>): unknown {
  const { state } = context;
  const pool = instance(context, id);
  const options = { prefix: "pool_update", duplicates: data.allow_duplicate_serials ?? false, existing: pool } as const;
  const added = data.topology === undefined ? undefined : plannedTopology(state, data.topology, options);
  const errors = new ValidationErrors();
  const quota = checkDedupQuota(data.dedup_table_quota, data.dedup_table_quota_value, "pool_update", errors);
  errors.check();
  const topology = Object.fromEntries(
    TOPOLOGY_CLASSES.map((name) => [name, [...pool.topology[name], ...(added?.[name] ?? [])]]),
  ) as unknown as Record<TopologyClass, PoolRow["topology"][TopologyClass]>;
  const autotrim = data.autotrim === undefined ? pool.autotrim : data.autotrim === "ON" ? "on" : "off";
  const dedupTableQuota = data.dedup_table_quota === undefined ? pool.dedupTableQuota : quota;
  return poolEntry(state, state.pools.put(id, { ...pool, topology, autotrim, dedupTableQuota }));
}

function exported(context: Context, id: number, cascade: boolean, destroy: boolean): boolean {
  const { state } = context;
  const pool = instance(context, id);
  if (cascade) detach(state, pool.name);
  for (const task of state.scrubTasks.values()) if (task.pool === id) state.scrubTasks.delete(task.id);
  if (!destroy) {
    exportPool(state, pool);
    return true;
  }
  for (const path of state.datasets.keys()) if (isWithin(path, pool.name)) state.datasets.delete(path);
  for (const [key, snapshot] of state.snapshots.entries())
    if (isWithin(snapshot.dataset, pool.name)) state.snapshots.delete(key);
  for (const path of state.nodes.keys()) if (isWithin(path, `/mnt/${pool.name}`)) state.nodes.delete(path);
  state.pools.delete(id);
  return true;
}

const exportOptions = model("PoolExport", {
  cascade: defaulted(bool, false),
  restart_services: defaulted(bool, false),
  destroy: defaulted(bool, false),
});

const lock = "pool_createupdate";

/** `pool.*` without datasets, snapshots and tasks. */
export const poolMethods: Methods = {
  ...poolImportMethods,
  "pool.query": method({ filters: queryFilters, options: queryOptions }, ({ state }, { filters, options }) =>
    filterList(
      state.pools.values().map((pool) => poolEntry(state, pool)),
      filters,
      options,
    ),
  ),
  "pool.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    poolEntry(context.state, instance(context, id)),
  ),
  "pool.create": method({ data: poolCreate }, (context, { data }, job) => create(context, data, job), {
    job: { lock },
    writes: true,
  }),
  "pool.update": method({ id: int(), data: poolUpdate }, (context, { id, data }) => update(context, id, data), {
    job: { lock },
    writes: true,
  }),
  "pool.export": method(
    { id: int(), options: defaulted(exportOptions, { cascade: false, restart_services: false, destroy: false }) },
    (context, { id, options }) => exported(context, id, options.cascade, options.destroy),
    { job: { lock: "pool_export" }, writes: true },
  ),
  "pool.scrub": method(
    { id: int(), action: literal("START", "STOP", "PAUSE") },
    (context, { id, action }) => {
      if (action !== "START") throw new CallError(`There is no scrub to ${action.toLowerCase()}`);
      scrubNow(context.state, instance(context, id), context.clock.time);
      return null;
    },
    { job: {}, writes: true },
  ),
  "pool.get_disks": method({ id: defaulted(nullable(int()), null) }, ({ state }, { id }) =>
    state.pools
      .values()
      .filter((pool) => id === null || pool.id === id)
      .flatMap((pool) => TOPOLOGY_CLASSES.flatMap((name) => pool.topology[name].flatMap((vdev) => vdev.disks)))
      .flatMap(({ serial }) => state.disks.get(serial)?.name ?? []),
  ),
  "pool.attachments": method({ id: int() }, (context, { id }) =>
    attachments(context.state, instance(context, id).name),
  ),
  "pool.processes": method({ id: int() }, () => []),
  "pool.filesystem_choices": method(
    { types: defaulted(list(literal("FILESYSTEM", "VOLUME")), ["FILESYSTEM", "VOLUME"]) },
    ({ state }, { types }) =>
      state.datasets
        .values()
        .filter((dataset) => types.includes(dataset.type))
        .map((dataset) => dataset.id)
        .sort(),
  ),
  "pool.validate_name": method({ pool_name: absent(str()) }, (_context, { pool_name }) => {
    if (pool_name === undefined || !VALID_NAME.test(pool_name) || RESERVED_NAME.test(pool_name))
      throw new ValidationErrors().add(
        "pool_name",
        "Invalid pool name (please refer to https://openzfs.github.io/openzfs-docs/man/8/zpool-create.8.html#DESCRIPTION for valid rules for pool name)",
      );
    return true;
  }),
};
