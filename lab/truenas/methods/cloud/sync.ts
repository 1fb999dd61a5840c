import { end, tellingOfFailure } from "../../alerts/one-shot.ts";
import { ValidationErrors } from "../../middleware/errors.ts";
import { absent, bool, defaulted, int, literal, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { model, partial } from "../../middleware/models.ts";
import { rowMethods } from "../rows.ts";
import { credentialOf } from "./remote.ts";
import { listing, requireCredential, syncListingMethods } from "./sync-listing.ts";
import { SYNC, SYNC_JOBS, type SyncRow, type SyncTask, syncInstance, syncShape } from "./sync-rows.ts";
import { runSync } from "./sync-run.ts";
import { textOf } from "./task.ts";
import { checkTask } from "./task-rules.ts";
import { jobOf, remembered } from "./task-state.ts";

const CREATE = "cloud_sync_create";
const UPDATE = "cloud_sync_update";

/** What is brought from the cloud must be there when the task is made. */
function checkFolder(context: Context, errors: ValidationErrors, prefix: string, task: SyncTask): void {
  const folder = textOf(task.attributes, "folder").replace(/^\/+|\/+$/g, "");
  if (task.direction !== "PULL" || folder === "") return;
  const [name = "", ...above] = folder.split("/").reverse();
  const credential = requireCredential(context, task.credentials);
  const items = listing(context, credential, textOf(task.attributes, "bucket"), above.reverse().join("/"));
  const item = items.find(({ Name }) => Name === name);
  if (item === undefined) errors.add(`${prefix}.attributes.folder`, "Directory does not exist");
  else if (!item.IsDir) errors.add(`${prefix}.attributes.folder`, "This is not a directory");
}

async function checked(context: Context, prefix: string, wanted: SyncTask): Promise<SyncTask> {
  const errors = new ValidationErrors();
  if (wanted.encryption && wanted.encryption_password === "")
    errors.add(`${prefix}.encryption_password`, "This field is required when encryption is enabled");
  const task = { ...wanted, attributes: checkTask(context, errors, prefix, wanted, false) };
  for (const [index, { time }] of wanted.bwlimit.entries()) {
    const before = wanted.bwlimit[index - 1]?.time;
    if (before !== undefined && before >= time)
      errors.add(`${prefix}.bwlimit.${index}.time`, `Invalid time order: ${before}, ${time}`);
  }
  if (wanted.snapshot && wanted.direction !== "PUSH")
    errors.add(`${prefix}.snapshot`, "This option can only be enabled for PUSH tasks");
  if (wanted.snapshot && wanted.transfer_mode === "MOVE")
    errors.add(`${prefix}.snapshot`, "This option can not be used for MOVE transfer mode");
  errors.check();
  await context.breath();
  checkFolder(context, errors, prefix, task);
  errors.check();
  return task;
}

function entry(context: Context, row: SyncRow): Readonly<Record<string, unknown>> {
  const { job: _job, ...fields } = row;
  const credentials = credentialOf(context, row.credentials) ?? null;
  return { ...fields, credentials, job: jobOf(context, SYNC_JOBS, row), locked: false };
}

async function stored(context: Context, task: SyncTask): Promise<Readonly<Record<string, unknown>>> {
  const fields = await checked(context, CREATE, task);
  const id = context.state.next(SYNC);
  return entry(context, context.state.table<SyncRow>(SYNC).put(id, { ...fields, id }));
}

const options = absent(model("CloudSyncSyncOptions", { dry_run: defaulted(bool, false) }));
const restoration = model("RestoreOpts", {
  description: defaulted(str(), ""),
  transfer_mode: literal("SYNC", "COPY"),
  path: str({ min: 1 }),
});

const writing: Methods = {
  "cloudsync.create": method(
    { [CREATE]: model("CloudSyncCreate", syncShape) },
    (context, values) => stored(context, values[CREATE] as SyncTask),
    { writes: true },
  ),
  "cloudsync.update": method(
    { id: int(), [UPDATE]: partial("CloudSyncUpdate", syncShape) },
    async (context, { id, ...values }) => {
      const old = syncInstance(context, Number(id));
      const fields = await checked(context, UPDATE, { ...old, ...(values[UPDATE] as Partial<SyncTask>) });
      return entry(context, context.state.table<SyncRow>(SYNC).put(Number(id), { ...fields, id: Number(id) }));
    },
    { writes: true },
  ),
  "cloudsync.restore": method(
    { id: int(), opts: restoration },
    (context, { id, opts }) => {
      const { job: _job, id: _id, ...task } = syncInstance(context, id);
      const direction = task.direction === "PUSH" ? "PULL" : "PUSH";
      const plain = {
        pre_script: "",
        post_script: "",
        snapshot: false,
        include: [],
        exclude: [],
        args: "",
        bwlimit: [],
      };
      return stored(context, { ...task, ...plain, ...opts, direction, enabled: false });
    },
    { writes: true },
  ),
};

const running: Methods = {
  "cloudsync.sync": method(
    { id: int(), cloud_sync_sync_options: options },
    (context, { id, cloud_sync_sync_options }, job) => {
      const task = syncInstance(context, id);
      remembered(context, SYNC, id, job);
      const run = () => runSync(context, task, { id, dryRun: cloud_sync_sync_options?.dry_run === true, job });
      return tellingOfFailure(context, "CloudSyncTaskFailed", { ...task, id }, run);
    },
    { job: { lock: (params) => `cloud_sync:${params[0]}` }, writes: true },
  ),
  "cloudsync.sync_onetime": method(
    { cloud_sync_sync_onetime: model("CloudSyncCreate", syncShape), cloud_sync_sync_onetime_options: options },
    async (context, { cloud_sync_sync_onetime, cloud_sync_sync_onetime_options }, job) => {
      const task = await checked(context, "cloud_sync_sync_onetime", cloud_sync_sync_onetime);
      return runSync(context, task, { id: "onetime", dryRun: cloud_sync_sync_onetime_options?.dry_run === true, job });
    },
    { job: {}, writes: true },
  ),
  "cloudsync.abort": method(
    { id: int() },
    (context, { id }) => {
      syncInstance(context, id);
      const job = context.jobs
        .all()
        .find((one) => one.method === "cloudsync.sync" && one.arguments[0] === id && one.finished === null);
      if (job === undefined) return false;
      job.aborting = true;
      return true;
    },
    { writes: true },
  ),
};

/** `cloudsync.*`: files brought to a bucket or back, as they are, on a schedule. */
export const cloudSyncMethods: Methods = {
  ...rowMethods<typeof syncShape, SyncRow>({
    namespace: SYNC,
    noun: "CloudSync",
    shape: syncShape,
    prefixes: [CREATE, UPDATE],
    entry,
    removed: (context, { id }) => void end(context, "CloudSyncTaskFailed", id),
  }),
  ...writing,
  ...running,
  ...syncListingMethods,
};
