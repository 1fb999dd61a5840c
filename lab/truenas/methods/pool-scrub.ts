import { CallError, InstanceNotFound, MatchNotFound, ValidationErrors } from "../middleware/errors.ts";
import { any, bool, defaulted, int, literal, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, model, partial } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { ScrubTaskRow } from "../state/rows.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import { DEFAULT_THRESHOLD_DAYS, scrubIfDue, scrubNow } from "../zfs/scrub.ts";
import { scrubSchedule } from "./schedule-models.ts";

const sundayMidnight = { minute: "00", hour: "00", dom: "*", month: "*", dow: "7" };

const shape = {
  pool: int({ gt: 0 }),
  threshold: defaulted(int({ ge: 0 }), DEFAULT_THRESHOLD_DAYS),
  description: defaulted(str(), ""),
  schedule: defaulted(scrubSchedule, sundayMidnight),
  enabled: defaulted(bool, true),
};

const scrubCreate = model("PoolScrubCreate", shape);
const scrubUpdate = partial("PoolScrubUpdate", shape);

/** A scrub task as replies show it. */
function entry(state: ApplianceState, row: ScrubTaskRow): Record<string, unknown> {
  const { id, pool, threshold, description, schedule, enabled } = row;
  return { id, pool, threshold, description, schedule, enabled, pool_name: state.pools.get(pool)?.name ?? "" };
}

function instance({ state }: Context, id: number): ScrubTaskRow {
  const row = state.scrubTasks.get(id);
  if (row === undefined) throw new InstanceNotFound(`PoolScrub ${id} does not exist`);
  return row;
}

function checkPool({ state }: Context, prefix: string, pool: number, own?: ScrubTaskRow): void {
  const errors = new ValidationErrors();
  const taken = pool !== own?.pool && state.scrubTasks.values().some((task) => task.pool === pool);
  if (!state.pools.has(pool)) errors.add(`${prefix}.pool`, "The specified volume does not exist");
  else if (taken) errors.add(`${prefix}.pool`, "A scrub with this pool already exists");
  errors.check();
}

function existingPool({ state }: Context, name: string) {
  const pool = poolNamed(state, name);
  if (pool === undefined) throw new MatchNotFound();
  return pool;
}

/** `pool.scrub.*`: when pools are scrubbed. */
export const poolScrubMethods: Methods = {
  "pool.scrub.query": method({ filters: queryFilters, options: queryOptions }, ({ state }, { filters, options }) =>
    filterList(
      state.scrubTasks.values().map((row) => entry(state, row)),
      filters,
      options,
    ),
  ),
  "pool.scrub.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    entry(context.state, instance(context, id)),
  ),
  "pool.scrub.create": method(
    { data: scrubCreate },
    (context, { data }) => {
      checkPool(context, "pool_scrub_create", data.pool);
      const id = context.state.next("scrub");
      return entry(context.state, context.state.scrubTasks.put(id, { id, ...data }));
    },
    { writes: true },
  ),
  "pool.scrub.update": method(
    { id_: int(), data: scrubUpdate },
    (context, { id_, data }) => {
      const old = instance(context, id_);
      const row = { ...old, ...data } as ScrubTaskRow;
      checkPool(context, "pool_scrub_update", row.pool, old);
      return entry(context.state, context.state.scrubTasks.put(id_, row));
    },
    { writes: true },
  ),
  "pool.scrub.delete": method({ id_: int() }, ({ state }, { id_ }) => state.scrubTasks.delete(id_) || true, {
    writes: true,
  }),
  "pool.scrub.scrub": method(
    { name: str(), action: defaulted(literal("START", "STOP", "PAUSE"), "START") },
    (context, { name, action }) => {
      if (action !== "START") throw new CallError("there is no active scrub");
      scrubNow(context.state, existingPool(context, name), context.clock.time);
      return null;
    },
    { job: {}, writes: true },
  ),
  "pool.scrub.run": method(
    { name: str(), threshold: defaulted(int(), DEFAULT_THRESHOLD_DAYS) },
    (context, { name, threshold }) => {
      scrubIfDue(context.state, existingPool(context, name), threshold, context.clock.time);
      return null;
    },
    { writes: true },
  ),
};
