import { InstanceNotFound } from "../../middleware/errors.ts";
import type { Context } from "../../middleware/method.ts";
import type { BackupTask } from "./backup-remote.ts";

/** Where the tasks are kept. */
export const BACKUP = "cloud_backup";

/** The jobs of which the last one shows with the task. */
export const JOB_METHODS = ["cloud_backup.sync", "cloud_backup.restore"] as const;

/** A stored backup task. */
export type BackupRow = BackupTask & {
  readonly id: number;
  readonly keep_last: number;
  readonly transfer_setting: "DEFAULT" | "PERFORMANCE" | "FAST_STORAGE";
  readonly absolute_paths: boolean;
  readonly cache_path: string | null;
  readonly rate_limit: number | null;
  readonly job?: unknown;
};

/** The task of that number. */
export function backupInstance({ state }: Context, id: number): BackupRow {
  const row = state.table<BackupRow>(BACKUP).get(id);
  if (row === undefined) throw new InstanceNotFound(`CloudBackup ${id} does not exist`);
  return row;
}
