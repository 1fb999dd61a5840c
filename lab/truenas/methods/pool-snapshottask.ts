import { CallError, InstanceNotFound, ValidationErrors } from "../middleware/errors.ts";
import { any, bool, defaulted, int, literal, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model, partial } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import { afterSnapshots } from "../replication/after-snapshots.ts";
import { snapshotTaskHold } from "../replication/hold.ts";
import { boundTasks, type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import { disowned, fixRemovalDates } from "../retention/disowned.ts";
import { runSnapshotTask } from "../scheduling/snapshot-task-run.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotTaskRow } from "../state/rows.ts";
import { namingSchema } from "./naming-schema-model.ts";
import { windowSchedule } from "./schedule-models.ts";

const MINUTE_MS = 60_000;

const everyHour = { minute: "00", hour: "*", dom: "*", month: "*", dow: "*", begin: "00:00", end: "23:59" };

const shape = {
  dataset: str(),
  recursive: defaulted(bool, false),
  lifetime_value: defaulted(int(), 2),
  lifetime_unit: defaulted(literal("HOUR", "DAY", "WEEK", "MONTH", "YEAR"), "WEEK"),
  enabled: defaulted(bool, true),
  exclude: defaulted(list(str()), []),
  naming_schema: defaulted(namingSchema, "auto-%Y-%m-%d_%H-%M"),
  allow_empty: defaulted(bool, true),
  schedule: defaulted(windowSchedule, everyHour),
};

const taskCreate = model("PoolSnapshotTaskCreate", shape);
const taskUpdate = partial("PoolSnapshotTaskUpdate", { ...shape, fixate_removal_date: bool });
const deleteOptions = defaulted(
  model("PoolSnapshotTaskDeleteOptions", { fixate_removal_date: defaulted(bool, false) }),
  {
    fixate_removal_date: false,
  },
);

/** A snapshot task as replies show it. */
function entry({ state: appliance }: Pick<Context, "state">, row: SnapshotTaskRow): Record<string, unknown> {
  const { state, ...fields } = row;
  const { at, ...rest } = state;
  const reason = row.enabled ? snapshotTaskHold(appliance, row.dataset) : undefined;
  if (reason !== undefined) return { ...fields, vmware_sync: false, state: { state: "HOLD", reason } };
  return {
    ...fields,
    vmware_sync: false,
    state: at === undefined ? rest : { ...rest, datetime: { $date: Math.floor(at / 1000) * 1000 } },
  };
}

function instance({ state }: Context, id: number): SnapshotTaskRow {
  const row = state.snapshotTasks.get(id);
  if (row === undefined) throw new InstanceNotFound(`PeriodicSnapshotTask ${id} does not exist`);
  return row;
}

function validate({ state }: Context, prefix: string, row: Omit<SnapshotTaskRow, "id" | "state">): void {
  const errors = new ValidationErrors();
  if (!state.datasets.has(row.dataset)) errors.add(`${prefix}.dataset`, "Dataset not found");
  if (!row.recursive && row.exclude.length > 0)
    errors.add(`${prefix}.exclude`, "Excluding datasets is not necessary for non-recursive periodic snapshot tasks");
  for (const [index, excluded] of row.exclude.entries()) {
    if (!excluded.startsWith(`${row.dataset}/`))
      errors.add(
        `${prefix}.exclude.${index}`,
        "Excluded dataset should be a child or other descendant of the selected dataset",
      );
  }
  errors.check();
}

const bindsTo = (id: number) => (row: ReplicationRow) => row.enabled && row.periodic_snapshot_tasks.includes(id);

function checkStillNeeded({ state }: Context, row: SnapshotTaskRow): void {
  const user = row.enabled ? undefined : replicationsOf(state).values().find(bindsTo(row.id));
  if (user !== undefined)
    throw new ValidationErrors().add(
      "periodic_snapshot_update.enabled",
      `You can't disable this periodic snapshot task because it is bound to enabled replication task ${user.id}`,
    );
}

function refuseLastBound(state: ApplianceState, id: number): void {
  const broken = replicationsOf(state)
    .values()
    .find(
      (row) =>
        bindsTo(id)(row) &&
        row.direction === "PUSH" &&
        row.also_include_naming_schema.length === 0 &&
        boundTasks(state, row).length === 1,
    );
  if (broken !== undefined)
    throw new CallError(
      `You are deleting the last periodic snapshot task bound to enabled replication task '${broken.name}' which will break it. Please, disable that replication task first.`,
    );
}

/** `pool.snapshottask.*`: periodic snapshots. */
export const poolSnapshotTaskMethods: Methods = {
  "pool.snapshottask.query": method(
    { filters: queryFilters, options: queryOptions },
    ({ state }, { filters, options }) =>
      filterList(
        state.snapshotTasks.values().map((row) => entry({ state }, row)),
        filters,
        options,
      ),
  ),
  "pool.snapshottask.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    entry(context, instance(context, id)),
  ),
  "pool.snapshottask.create": method(
    { data: taskCreate },
    (context, { data }) => {
      validate(context, "periodic_snapshot_create", data);
      const id = context.state.next("snapshottask");
      return entry(context, context.state.snapshotTasks.put(id, { id, ...data, state: { state: "PENDING" } }));
    },
    { writes: true },
  ),
  "pool.snapshottask.update": method(
    { id: int(), data: taskUpdate },
    (context, { id, data }) => {
      const { fixate_removal_date: fixate, ...changes } = data;
      const old = instance(context, id);
      const row = { ...old, ...changes } as SnapshotTaskRow;
      validate(context, "periodic_snapshot_update", row);
      checkStillNeeded(context, row);
      if (fixate) fixRemovalDates(context.state, disowned(context.state, old, row), old);
      return entry(context, context.state.snapshotTasks.put(id, row));
    },
    { writes: true },
  ),
  "pool.snapshottask.delete": method(
    { id: int(), options: deleteOptions },
    ({ state }, { id, options }) => {
      refuseLastBound(state, id);
      const task = state.snapshotTasks.get(id);
      if (task !== undefined && options.fixate_removal_date) fixRemovalDates(state, disowned(state, task), task);
      return state.snapshotTasks.delete(id) || true;
    },
    {
      writes: true,
    },
  ),
  "pool.snapshottask.run": method(
    { id: int() },
    async (context, { id }) => {
      const task = instance(context, id);
      if (!task.enabled) throw new CallError("Task is not enabled");
      const { state, clock, surroundings, host } = context;
      runSnapshotTask(state, clock, task, Math.floor(clock.time / MINUTE_MS) * MINUTE_MS);
      const own = surroundings.member(host);
      if (own !== undefined) await afterSnapshots(own, surroundings, [id], clock.time);
      return null;
    },
    { writes: true },
  ),
  "pool.snapshottask.max_count": method({}, () => 512),
  "pool.snapshottask.max_total_count": method({}, () => 10_000),
  "pool.snapshottask.update_will_change_retention_for": method(
    { id: int(), data: partial("PoolSnapshotTaskUpdateWillChangeRetentionFor", shape) },
    (context, { id, data }) => {
      const old = instance(context, id);
      return disowned(context.state, old, { ...old, ...data } as SnapshotTaskRow);
    },
  ),
  "pool.snapshottask.delete_will_change_retention_for": method({ id: int() }, (context, { id }) =>
    disowned(context.state, instance(context, id)),
  ),
};
