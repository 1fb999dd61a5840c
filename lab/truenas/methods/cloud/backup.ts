import { end } from "../../alerts/one-shot.ts";
import { isDirectory } from "../../filesystem/files.ts";
import { InstanceNotFound, ValidationErrors } from "../../middleware/errors.ts";
import { bool, defaulted, int, literal, nullable, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { model, type ObjectOf, partial, type Shape } from "../../middleware/models.ts";
import type { Dialect } from "../../versions.ts";
import { datasetOfPath } from "../../zfs/dataset-tree.ts";
import { effective } from "../../zfs/properties.ts";
import { property } from "../../zfs/property-table.ts";
import { rowMethods } from "../rows.ts";
import { checkInsidePool } from "../share-path.ts";
import { ensureInitialized } from "./backup-remote.ts";
import { BACKUP, type BackupRow, backupInstance, JOB_METHODS } from "./backup-rows.ts";
import { backupRunMethods } from "./backup-run.ts";
import { backupSnapshotMethods } from "./backup-snapshots.ts";
import { credentialOf } from "./remote.ts";
import { taskShape } from "./task.ts";
import { checkTask } from "./task-rules.ts";
import { jobOf } from "./task-state.ts";

const common = {
  ...taskShape,
  password: str({ min: 1 }),
  keep_last: int({ gt: 0 }),
  transfer_setting: defaulted(literal("DEFAULT", "PERFORMANCE", "FAST_STORAGE"), "DEFAULT"),
};
const ofCreation = { absolute_paths: defaulted(bool, false) };
const since2510 = {
  cache_path: defaulted(nullable(str()), null),
  rate_limit: defaulted(nullable(int({ gt: 0 })), null),
};
const full = { ...common, ...ofCreation, ...since2510 };

type Wanted = ObjectOf<typeof full>;

const shapes: Readonly<Record<Dialect, { readonly create: Shape; readonly update: Shape }>> = {
  "25.04": { create: { ...common, ...ofCreation }, update: common },
  "25.10": { create: full, update: { ...common, ...since2510 } },
};

function checkCache({ state }: Context, errors: ValidationErrors, prefix: string, path: string | null): void {
  if (!path) return;
  if (!isDirectory(state, path)) errors.add(`${prefix}.cache_path`, "The path must be a directory");
  checkInsidePool(state, errors, `${prefix}.cache_path`, path);
  const dataset = datasetOfPath(state, path);
  if (errors.refusals.length > 0 || dataset === undefined) return;
  if (effective(state, dataset, property("readonly")).raw === "on")
    errors.add(`${prefix}.cache_path`, "The cache directory must be writeable");
}

/** Applies the rules, then goes to the cloud: looks into the repository, or makes it. */
async function checked(context: Context, prefix: string, wanted: Wanted): Promise<Wanted> {
  const errors = new ValidationErrors();
  const attributes = checkTask(context, errors, prefix, wanted, true);
  if (wanted.snapshot && wanted.absolute_paths)
    errors.add(`${prefix}.snapshot`, "This option can't be used when absolute paths are enabled");
  checkCache(context, errors, prefix, wanted.cache_path ?? null);
  errors.check();
  const task = { ...wanted, attributes };
  await ensureInitialized(context, task, `${prefix}.password`);
  return task;
}

function entry(context: Context, row: BackupRow): Readonly<Record<string, unknown>> {
  const { job: _job, ...fields } = row;
  const credentials = credentialOf(context, row.credentials) ?? null;
  return { ...fields, credentials, job: jobOf(context, JOB_METHODS, row), locked: false };
}

function writing(dialect: Dialect): Methods {
  const { create, update } = shapes[dialect];
  const rows = (context: Context) => context.state.table<BackupRow>(BACKUP);
  return {
    "cloud_backup.create": method(
      { cloud_backup: model("CloudBackupCreate", create) },
      async (context, { cloud_backup }) => {
        const fields = await checked(context, "cloud_backup_create", cloud_backup as Wanted);
        const id = context.state.next(BACKUP);
        return entry(context, rows(context).put(id, { ...fields, id }));
      },
      { writes: true },
    ),
    "cloud_backup.update": method(
      { id: int(), data: partial("CloudBackupUpdate", update) },
      async (context, { id, data }) => {
        const old = backupInstance(context, id);
        const fields = await checked(context, "cloud_backup_update", { ...old, ...(data as Partial<Wanted>) });
        if (!rows(context).has(id)) throw new InstanceNotFound(`CloudBackup ${id} does not exist`);
        return entry(context, rows(context).put(id, { ...fields, id }));
      },
      { writes: true },
    ),
  };
}

/** `cloud_backup.*`: restic repositories in a cloud, written on a schedule. */
export function cloudBackupMethods(dialect: Dialect): Methods {
  return {
    ...rowMethods<typeof full, BackupRow>({
      namespace: BACKUP,
      noun: "CloudBackup",
      shape: full,
      prefixes: ["cloud_backup_create", "cloud_backup_update"],
      entry,
      removed: (context, { id }) => void end(context, "CloudBackupTaskFailed", id),
    }),
    ...writing(dialect),
    ...backupRunMethods(dialect),
    ...backupSnapshotMethods,
    "cloud_backup.transfer_setting_choices": method({}, () => ["DEFAULT", "PERFORMANCE", "FAST_STORAGE"]),
  };
}
