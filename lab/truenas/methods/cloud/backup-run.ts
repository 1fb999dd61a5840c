import { tellingOfFailure } from "../../alerts/one-shot.ts";
import { matches } from "../../cloud/restic/snapshot.ts";
import { CallError, ValidationErrors } from "../../middleware/errors.ts";
import { type Job, stopIfAborted } from "../../middleware/jobs.ts";
import { absent, bool, defaulted, int, nullable, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { list, model, type ObjectOf, type Shape } from "../../middleware/models.ts";
import type { Dialect } from "../../versions.ts";
import { checkInsidePool } from "../share-path.ts";
import { ensureInitialized, repositoryOf, withRestic } from "./backup-remote.ts";
import { BACKUP, type BackupRow, backupInstance } from "./backup-rows.ts";
import { checkLocalPath, readLocal, writeLocal } from "./local-files.ts";
import { remembered } from "./task-state.ts";

const KIBIBYTE = 1024;
const rateLimit = { rate_limit: defaulted(nullable(int({ gt: 0 })), null) };

const syncFields = { dry_run: defaulted(bool, false) };
const restoreFields = { exclude: defaulted(list(str()), []), include: defaulted(list(str()), []) };

function optionsOf<S extends Shape>(name: string, fields: S, dialect: Dialect) {
  const shape: Shape = dialect === "25.10" ? { ...fields, ...rateLimit } : fields;
  return absent(model(name, shape));
}

function describe(job: Job | undefined, context: Context, percent: number, description: string): void {
  if (job !== undefined) context.jobs.progress(job, percent, description);
}

async function sync(context: Context, task: BackupRow, dryRun: boolean, job: Job | undefined): Promise<null> {
  describe(job, context, 0, "Starting");
  await ensureInitialized(context, task);
  checkLocalPath(context, task.path);
  const source = readLocal(context, task.path, task.snapshot ? `cloud_backup-${task.id}` : undefined);
  try {
    const root = task.absolute_paths ? source.from : "";
    const files = source.files
      .map((file) => ({ ...file, path: `${root}/${file.path}` }))
      .filter(({ path }) => !task.exclude.some((pattern) => matches(pattern, path)));
    const repository = await repositoryOf(context, task);
    await context.breath();
    if (dryRun) return null;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    describe(job, context, 50, `${files.length} files, ${Math.ceil(bytes / KIBIBYTE)} KiB`);
    const made = { time: context.clock.time, hostname: context.host, paths: [source.from] };
    const breath = async () => {
      await context.breath();
      stopIfAborted(job);
    };
    await withRestic(context, () => repository.backup(made, files, breath));
  } finally {
    source.done();
  }
  describe(job, context, 100, "Cleaning up");
  const repository = await repositoryOf(context, task);
  await withRestic(context, () => repository.forget(task.keep_last, context.host, context.clock.time));
  describe(job, context, 100, "Done");
  return null;
}

interface Restoration {
  readonly snapshotId: string;
  readonly subfolder: string;
  readonly destination: string;
  readonly options: ObjectOf<typeof restoreFields>;
}

async function restore(context: Context, id: number, wanted: Restoration): Promise<null> {
  const { snapshotId, subfolder, destination, options } = wanted;
  const errors = new ValidationErrors();
  checkInsidePool(context.state, errors, "destination_path", destination);
  errors.check();
  const task = backupInstance(context, id);
  const repository = await repositoryOf(context, task);
  const snapshot = await withRestic(context, () => repository.snapshot(snapshotId));
  const root = subfolder === "/" ? "" : subfolder.replace(/\/+$/, "");
  const files = await withRestic(context, () => repository.files(snapshot));
  const chosen = files.filter(({ path }) => path.startsWith(`${root}/`));
  if (chosen.length === 0 && root !== "") throw new CallError(`Fatal: path ${subfolder}: not found`);
  for (const file of chosen) {
    await context.breath();
    const below = file.path.slice(root.length);
    if (options.exclude.some((pattern) => matches(pattern, below))) continue;
    if (options.include.length > 0 && !options.include.some((pattern) => matches(pattern, below))) continue;
    const content = await withRestic(context, () => repository.content(file));
    writeLocal(context, `${destination}${below}`, { content, bytes: file.bytes, at: file.writtenAt });
  }
  return null;
}

/** What runs a backup task, and what brings files back. */
export function backupRunMethods(dialect: Dialect): Methods {
  const lock = (params: readonly unknown[]) => `cloud_backup:${params[0]}`;
  return {
    "cloud_backup.sync": method(
      { id: int(), options: optionsOf("CloudBackupSyncOptions", syncFields, dialect) },
      (context, { id, options }, job) => {
        const task = backupInstance(context, id);
        remembered(context, BACKUP, id, job);
        const dryRun = options?.["dry_run"] === true;
        return tellingOfFailure(context, "CloudBackupTaskFailed", task, () => sync(context, task, dryRun, job));
      },
      { job: { lock }, writes: true },
    ),
    "cloud_backup.restore": method(
      {
        id: int(),
        snapshot_id: str({ pattern: "[^-]" }),
        subfolder: str(),
        destination_path: str(),
        options: optionsOf("CloudBackupRestoreOptions", restoreFields, dialect),
      },
      (context, { id, snapshot_id, subfolder, destination_path, options = {} }, job) => {
        remembered(context, BACKUP, id, job);
        const { exclude = [], include = [] } = options as Partial<ObjectOf<typeof restoreFields>>;
        return restore(context, id, {
          snapshotId: snapshot_id,
          subfolder,
          destination: destination_path.replace(/\/+$/, ""),
          options: { exclude, include },
        });
      },
      { job: {}, writes: true },
    ),
    "cloud_backup.abort": method(
      { id: int() },
      (context, { id }) => {
        backupInstance(context, id);
        const running = context.jobs
          .all()
          .find((job) => job.method === "cloud_backup.sync" && job.arguments[0] === id && job.finished === null);
        if (running === undefined) return false;
        running.aborting = true;
        return true;
      },
      { writes: true },
    ),
  };
}
