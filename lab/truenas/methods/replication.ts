import { setImmediate } from "node:timers/promises";
import { CallError, InstanceNotFound, MatchNotFound, ValidationErrors } from "../middleware/errors.ts";
import type { Job } from "../middleware/jobs.ts";
import { bool, defaulted, int, type Of, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { model, type ObjectOf } from "../middleware/models.ts";
import type { Run } from "../replication/context.ts";
import { ReplicationError } from "../replication/errors.ts";
import { replicationHold, sentence } from "../replication/hold.ts";
import { targetOf } from "../replication/mapping.ts";
import { runReplication } from "../replication/run.ts";
import { runTask } from "../replication/run-task.ts";
import { schemasOf } from "../replication/selection.ts";
import { type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import { runRetention } from "../retention/run-retention.ts";
import type { Member } from "../surroundings.ts";
import { replicationEntry } from "./replication-entry.ts";
import { onetimeReplication, replicationShape } from "./replication-models.ts";
import { checkReplication, type WantedReplication } from "./replication-rules.ts";
import { rowMethods } from "./rows.ts";

type Stored = ObjectOf<typeof replicationShape>;

function checked(context: Context, prefix: string, wanted: ReplicationRow, old: ReplicationRow | undefined) {
  const errors = new ValidationErrors();
  const others = replicationsOf(context.state)
    .values()
    .filter(({ id }) => id !== old?.id);
  if (others.some(({ name }) => name === wanted.name))
    errors.add(`${prefix}.name`, "Object with this name already exists");
  checkReplication(context, errors, prefix, wanted as unknown as WantedReplication);
  errors.check();
  return { ...wanted, state: old?.state ?? { state: "PENDING" } };
}

const crud = rowMethods<typeof replicationShape>({
  namespace: "replication",
  noun: "Replication",
  shape: replicationShape,
  arguments: ["replication_create", "replication_update"],
  prefixes: ["replication_create", "replication_update"],
  checked: (context, prefix, wanted, old) =>
    checked(
      context,
      prefix,
      wanted as unknown as ReplicationRow,
      old as unknown as ReplicationRow | undefined,
    ) as unknown as Stored,
  entry: (context, row) => replicationEntry(context.state, row as unknown as ReplicationRow, context.clock.time),
});

function namingSchemas({ state }: Context): string[] {
  const own = state.snapshotTasks.values().map(({ naming_schema }) => naming_schema);
  const replicated = replicationsOf(state)
    .values()
    .flatMap((row) => [...row.naming_schema, ...row.also_include_naming_schema]);
  return [...new Set([...own, ...replicated])].sort();
}

function self({ surroundings, host }: Context): Member {
  const own = surroundings.member(host);
  if (own === undefined) throw new CallError(`${host} is in no world`);
  return own;
}

function failureOf(error: unknown): unknown {
  return error instanceof ReplicationError ? new CallError(sentence(error.message)) : error;
}

/** Shows in the job how far a replication is, and lets others look meanwhile. */
function reporting({ jobs }: Context, job: Job | undefined): NonNullable<Run["progress"]> {
  return async (sent, total, snapshot) => {
    if (job !== undefined)
      jobs.progress(job, Math.floor((100 * sent) / total), `Sending ${sent + 1} of ${total}: ${snapshot}`);
    await setImmediate();
  };
}

async function runNow(context: Context, id: number, job: Job | undefined): Promise<null> {
  const { state, clock, surroundings } = context;
  const task = replicationsOf(state).get(id);
  if (task === undefined) throw new InstanceNotFound(`Replication ${id} does not exist`);
  if (!task.enabled) throw new CallError("Task is not enabled");
  if (state.runningReplications.has(id)) throw new CallError("Task is already running");
  if (replicationHold(state, task) !== undefined) throw new CallError("Task is on hold");
  try {
    await runTask(self(context), surroundings, id, clock.time, reporting(context, job));
  } catch (error) {
    throw failureOf(error);
  } finally {
    runRetention(self(context), surroundings, clock.time);
  }
  return null;
}

async function runOnce(context: Context, wanted: Of<typeof onetimeReplication>, job: Job | undefined): Promise<null> {
  const spec = { ...wanted, auto: false, schedule: null, only_matching_schedule: false, enabled: true };
  const name = `Temporary replication task for job ${job?.id ?? 0}`;
  const errors = new ValidationErrors();
  checkReplication(context, errors, "replication_run_onetime", { ...spec, name });
  errors.check();
  const reason = replicationHold(context.state, spec);
  if (reason !== undefined) throw new CallError(reason);
  const { surroundings, clock } = context;
  const progress = reporting(context, job);
  try {
    await runReplication({ own: self(context), surroundings, spec, name, now: clock.time, progress });
  } catch (error) {
    throw failureOf(error);
  }
  return null;
}

/** The opposite of a task, which nobody runs unless somebody enables it. */
async function restoring(context: Context, id: number, name: string, target: string): Promise<unknown> {
  const task = replicationsOf(context.state).get(id);
  if (task === undefined) throw new MatchNotFound();
  const push = task.direction === "PUSH";
  const schemas = schemasOf(context.state, task);
  const kept = Object.fromEntries(
    MIRRORED.map((field) => [field, (task as unknown as Readonly<Record<string, unknown>>)[field]]),
  );
  return await context.call("replication.create", {
    ...kept,
    ...(task.name_regex === null
      ? { [push ? "naming_schema" : "also_include_naming_schema"]: [...new Set(schemas)] }
      : { name_regex: task.name_regex }),
    name,
    target_dataset: target,
    direction: push ? "PULL" : "PUSH",
    source_datasets: task.source_datasets.map((dataset) => targetOf(task, dataset)),
    retention_policy: "NONE",
    auto: false,
    enabled: false,
  });
}

const MIRRORED = [
  ...["transport", "ssh_credentials", "netcat_active_side", "netcat_active_side_listen_address"],
  ...["netcat_active_side_port_min", "netcat_active_side_port_max", "netcat_passive_side_connect_address"],
  ...["recursive", "properties", "replicate", "compression", "large_block", "embed", "compressed", "retries"],
];

/** `replication.*`: sending snapshots to another appliance, fetching them from there, or copying them here. */
export const replicationMethods: Methods = {
  ...crud,
  "replication.run": method(
    { id: int(), really_run: defaulted(bool, true) },
    (context, { id }, job) => runNow(context, id, job),
    { job: {}, writes: true },
  ),
  "replication.run_onetime": method(
    { replication_run_onetime: onetimeReplication },
    (context, { replication_run_onetime: wanted }, job) => runOnce(context, wanted, job),
    { job: {}, writes: true },
  ),
  "replication.restore": method(
    {
      id: int(),
      replication_restore: model("ReplicationRestoreOptions", { name: str(), target_dataset: str() }),
    },
    (context, { id, replication_restore: { name, target_dataset } }) => restoring(context, id, name, target_dataset),
    { writes: true },
  ),
  "replication.list_naming_schemas": method({}, (context) => namingSchemas(context)),
};
