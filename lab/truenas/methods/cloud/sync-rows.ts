import { InstanceNotFound } from "../../middleware/errors.ts";
import { bool, defaulted, int, literal, nullable, refined, str } from "../../middleware/kinds.ts";
import type { Context } from "../../middleware/method.ts";
import { list, model, type ObjectOf } from "../../middleware/models.ts";
import { taskShape } from "./task.ts";

/** Where the tasks are kept. */
export const SYNC = "cloudsync";

/** The jobs of which the last one shows with the task. */
export const SYNC_JOBS = ["cloudsync.sync"] as const;

const clock = refined(str(), (text) =>
  /^([01]?\d|2[0-3]):[0-5]?\d$/.test(text) ? undefined : 'Value error, Time should be in 24 hour format like "18:00"',
);
const limit = model("CloudSyncBwlimit", { time: clock, bandwidth: nullable(int({ gt: 0 })) });

/** How what lies in the cloud is encrypted. */
export const cryptShape = {
  encryption: defaulted(bool, false),
  filename_encryption: defaulted(bool, false),
  encryption_password: defaulted(str(), ""),
  encryption_salt: defaulted(str(), ""),
};

/** What a sync task is made from. */
export const syncShape = {
  ...taskShape,
  ...cryptShape,
  bwlimit: defaulted(list(limit), []),
  transfers: defaulted(nullable(int({ gt: 0 })), null),
  direction: literal("PUSH", "PULL"),
  transfer_mode: literal("SYNC", "COPY", "MOVE"),
  create_empty_src_dirs: defaulted(bool, false),
  follow_symlinks: defaulted(bool, false),
};

/** What a sync task is. */
export type SyncTask = ObjectOf<typeof syncShape>;

/** A stored sync task. */
export type SyncRow = SyncTask & { readonly id: number; readonly job?: unknown };

/** The task of that number. */
export function syncInstance({ state }: Context, id: number): SyncRow {
  const row = state.table<SyncRow>(SYNC).get(id);
  if (row === undefined) throw new InstanceNotFound(`CloudSync ${id} does not exist`);
  return row;
}
