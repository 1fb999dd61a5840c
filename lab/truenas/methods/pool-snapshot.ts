import { CallError, InstanceNotFound, ValidationErrors } from "../middleware/errors.ts";
import { any, bool, defaulted, type Of, refined, str } from "../middleware/kinds.ts";
import { type Context, type Method, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model, union } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import { schemaProblem, snapshotName } from "../scheduling/naming-schema.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, SnapshotRow } from "../state/rows.ts";
import { clonesOf } from "../zfs/clones.ts";
import { isWithin, poolOf, subtree } from "../zfs/dataset-tree.ts";
import { uniqueBytes } from "../zfs/extents.ts";
import { rollBackTo } from "../zfs/rollback.ts";
import { humanSize } from "../zfs/sizes.ts";
import { destroySnapshot, snapshotProblem, takeSnapshots } from "../zfs/snapshot-actions.ts";
import { snapshotsOf } from "../zfs/snapshots.ts";
import { cloneMethod } from "./pool-snapshot-clone.ts";

const size = (bytes: number) => ({ value: humanSize(bytes), rawvalue: String(bytes), source: "NONE", parsed: bytes });

/** A snapshot as replies show it. */
function entry(state: ApplianceState, row: SnapshotRow, holds: boolean): Record<string, unknown> {
  const dataset = state.datasets.get(row.dataset);
  const seconds = Math.floor(row.createdAt / 1000);
  const user = Object.entries(row.userProperties).map(([key, value]) => [
    key,
    { value, rawvalue: value, source: "LOCAL", parsed: value },
  ]);
  return {
    id: row.id,
    name: row.id,
    pool: poolOf(row.dataset),
    type: "SNAPSHOT",
    snapshot_name: row.name,
    dataset: row.dataset,
    createtxg: String(row.createtxg),
    properties: {
      creation: {
        value: new Date(row.createdAt).toUTCString(),
        rawvalue: String(seconds),
        source: "NONE",
        parsed: { $date: seconds * 1000 },
      },
      used: size(dataset === undefined ? 0 : uniqueBytes(state, dataset, row.createtxg)),
      referenced: size(row.referenced),
      ...Object.fromEntries(user),
    },
    ...(holds ? { holds: row.held ? { truenas: 1 } : {} } : {}),
  };
}

function instance({ state }: Context, id: string): SnapshotRow {
  const row = state.snapshots.get(id);
  if (row === undefined) throw new InstanceNotFound(`PoolSnapshot ${id} does not exist`);
  return row;
}

const schema = refined(str({ min: 1 }), (value) => {
  const problem = schemaProblem(value);
  return problem === undefined ? undefined : `Value error, ${problem}`;
});

const template = {
  dataset: str({ min: 1 }),
  recursive: defaulted(bool, false),
  exclude: defaulted(list(str()), []),
  vmware_sync: defaulted(bool, false),
  properties: defaulted(dictionary(any), {}),
};

const snapshotCreate = union(
  model("PoolSnapshotCreateWithName", { ...template, name: str({ min: 1 }) }),
  model("PoolSnapshotCreateWithSchema", { ...template, naming_schema: schema }),
);

function affected({ state }: Context, data: Of<typeof snapshotCreate>): DatasetRow[] {
  const errors = new ValidationErrors();
  if (data.exclude.length > 0) {
    if (!data.recursive) errors.add("snapshot_create.exclude", "This option has no sense for non-recursive snapshots");
    if (data.vmware_sync)
      errors.add("snapshot_create.vmware_sync", "This option does not work when excluding datasets");
    if (Object.keys(data.properties).length > 0)
      errors.add("snapshot_create.properties", "This option does not work when excluding datasets");
  }
  errors.check();
  const top = state.datasets.get(data.dataset);
  if (top === undefined) return [];
  const candidates = data.recursive ? subtree(state, top.id) : [top];
  return candidates.filter((row) => !data.exclude.some((excluded) => isWithin(row.id, excluded)));
}

function create(context: Context, data: Of<typeof snapshotCreate>): Record<string, unknown> {
  const { state, clock } = context;
  const name = "name" in data ? data.name : snapshotName(data.naming_schema, clock.time);
  const failed = (text: string, errno?: string) =>
    new CallError(`Failed to snapshot ${data.dataset}@${name}: ${text}`, errno);
  const datasets = affected(context, data);
  if (datasets.length === 0) throw failed("dataset does not exist", "ENOENT");
  const problems = datasets.map((dataset) => snapshotProblem(state, dataset, name));
  if (problems.includes("exists")) throw failed("snapshot already exists", "EEXIST");
  if (problems.includes("space")) throw failed("out of space");
  const properties = Object.fromEntries(Object.entries(data.properties).map(([key, value]) => [key, String(value)]));
  takeSnapshots(state, clock, datasets, name, properties);
  return entry(state, instance(context, `${data.dataset}@${name}`), false);
}

function remove(context: Context, id: string, recursive: boolean): true {
  const { state } = context;
  const top = instance(context, id);
  const datasets = recursive ? subtree(state, top.dataset) : [];
  const doomed = recursive ? datasets.flatMap((row) => state.snapshots.get(`${row.id}@${top.name}`) ?? []) : [top];
  const held = doomed.find((snapshot) => snapshot.held);
  if (held !== undefined)
    throw new CallError(`Failed to delete snapshot: cannot destroy snapshot ${held.id}: dataset is busy`, "EBUSY");
  const kept = doomed.find((snapshot) => clonesOf(state, snapshot.id).length > 0);
  if (kept !== undefined)
    throw new CallError(`Failed to delete snapshot: cannot destroy '${kept.id}': snapshot has dependent clones`);
  for (const snapshot of doomed) destroySnapshot(state, snapshot);
  return true;
}

function rollback(
  context: Context,
  id: string,
  options: { readonly recursive: boolean; readonly recursive_rollback: boolean },
): null {
  const { state } = context;
  const target = instance(context, id);
  const newer = snapshotsOf(state, target.dataset).filter((snapshot) => snapshot.createtxg > target.createtxg);
  if (newer.length > 0 && !options.recursive && !options.recursive_rollback)
    throw new CallError(
      `Failed to rollback snapshot: cannot rollback to '${id}': more recent snapshots or bookmarks exist`,
    );
  rollBackTo(state, target);
  return null;
}

const properties = model("PoolSnapshotUpdate", {
  user_properties_update: defaulted(
    list(model("PoolSnapshotUserPropertyUpdate", { key: str({ pattern: ".*:.*" }), value: str() })),
    [],
  ),
  user_properties_remove: defaulted(list(str({ pattern: ".*:.*" })), []),
});

function update(context: Context, id: string, data: Of<typeof properties>): Record<string, unknown> {
  const row = instance(context, id);
  const kept = Object.entries(row.userProperties).filter(([key]) => !data.user_properties_remove.includes(key));
  const added = data.user_properties_update.map(({ key, value }) => [key, value]);
  const userProperties = Object.fromEntries([...kept, ...added]) as Record<string, string>;
  return entry(context.state, context.state.snapshots.put(id, { ...row, userProperties }), false);
}

const recursiveOption = defaulted(model("PoolSnapshotHoldOptions", { recursive: defaulted(bool, false) }), {
  recursive: false,
});
const rollbackOptions = {
  recursive: defaulted(bool, false),
  recursive_clones: defaulted(bool, false),
  force: defaulted(bool, false),
  recursive_rollback: defaulted(bool, false),
};

function hold(held: boolean): Method {
  return method(
    { id: str(), options: recursiveOption },
    (context, { id, options }) => {
      const { dataset, name } = instance(context, id);
      const rows = options.recursive ? subtree(context.state, dataset).map((row) => `${row.id}@${name}`) : [id];
      for (const snapshot of rows.flatMap((key) => context.state.snapshots.get(key) ?? []))
        context.state.snapshots.put(snapshot.id, { ...snapshot, held });
      return null;
    },
    { writes: true },
  );
}

const methods: Methods = {
  query: method({ filters: queryFilters, options: queryOptions }, ({ state }, { filters, options }) => {
    const holds = options.extra["holds"] === true;
    return filterList(
      state.snapshots.values().map((row) => entry(state, row, holds)),
      filters,
      options,
    );
  }),
  get_instance: method({ id: str(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    entry(context.state, instance(context, id), false),
  ),
  create: method({ data: snapshotCreate }, (context, { data }) => create(context, data), { writes: true }),
  update: method({ id: str(), data: properties }, (context, { id, data }) => update(context, id, data), {
    writes: true,
  }),
  delete: method(
    {
      id: str(),
      options: defaulted(
        model("PoolSnapshotDeleteOptions", { defer: defaulted(bool, false), recursive: defaulted(bool, false) }),
        {
          defer: false,
          recursive: false,
        },
      ),
    },
    (context, { id, options }) => remove(context, id, options.recursive),
    { writes: true },
  ),
  rollback: method(
    {
      id: str(),
      options: defaulted(model("PoolSnapshotRollbackOptions", rollbackOptions), {
        recursive: false,
        recursive_clones: false,
        force: false,
        recursive_rollback: false,
      }),
    },
    (context, { id, options }) => rollback(context, id, options),
    { writes: true },
  ),
  clone: cloneMethod,
  hold: hold(true),
  release: hold(false),
};

const under = (prefix: string): Methods =>
  Object.fromEntries(Object.entries(methods).map(([name, definition]) => [`${prefix}.${name}`, definition]));

/** `pool.snapshot.*`, as 25.10 publishes them. */
export const poolSnapshotMethods: Methods = under("pool.snapshot");

/** `zfs.snapshot.*`, under which 25.04 publishes the same calls and 25.10 keeps them privately. */
export const zfsSnapshotMethods: Methods = under("zfs.snapshot");
