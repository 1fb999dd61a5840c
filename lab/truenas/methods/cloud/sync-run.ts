import { CloudError } from "../../cloud/cloud-error.ts";
import { matches } from "../../cloud/restic/snapshot.ts";
import { filesBelow, removeAt } from "../../filesystem/files.ts";
import { InstanceNotFound } from "../../middleware/errors.ts";
import { type Job, stopIfAborted } from "../../middleware/jobs.ts";
import type { Context } from "../../middleware/method.ts";
import { checkLocalPath, readLocal, writeLocal } from "./local-files.ts";
import { credentialOf, rcloneError, remoteOf } from "./remote.ts";
import { type RemoteFile, RemoteFolder } from "./sync-remote.ts";
import type { SyncTask } from "./sync-rows.ts";

/** One side of a transfer. */
interface Side {
  readonly files: () => RemoteFile[];
  readonly write: (file: RemoteFile) => void;
  readonly delete: (path: string) => void;
}

function chosen({ include, exclude }: SyncTask, files: RemoteFile[]): RemoteFile[] {
  return files.filter(({ path }) => {
    if (exclude.some((pattern) => matches(pattern, `/${path}`))) return false;
    return include.length === 0 || include.some((pattern) => matches(pattern, `/${path}`));
  });
}

/** The files of a sync's directory as they are now, and what changes them. */
function localSide(context: Context, path: string, files: () => RemoteFile[]): Side {
  return {
    files,
    write: ({ path: name, content, bytes, writtenAt }) =>
      writeLocal(context, `${path}/${name}`, { content, bytes, at: writtenAt }),
    delete: (name) => removeAt(context.state, `${path}/${name}`),
  };
}

/** Brings one side's files to the other; SYNC takes away what the source has not, MOVE takes away the source's. */
async function transfer(
  task: SyncTask,
  [source, target]: readonly [Side, Side],
  { dryRun, breath }: { readonly dryRun: boolean; readonly breath: () => Promise<void> },
): Promise<void> {
  const wanted = chosen(task, source.files());
  const present = new Map(chosen(task, target.files()).map((file) => [file.path, file]));
  if (dryRun) return;
  for (const file of wanted) {
    await breath();
    if (present.get(file.path)?.content !== file.content) target.write(file);
  }
  const names = new Set(wanted.map(({ path }) => path));
  if (task.transfer_mode === "SYNC")
    for (const path of present.keys()) {
      await breath();
      if (!names.has(path)) target.delete(path);
    }
  if (task.transfer_mode === "MOVE") for (const { path } of wanted) source.delete(path);
}

/** Runs a task once. `id` names its snapshot. */
export async function runSync(
  context: Context,
  task: SyncTask,
  { id, dryRun, job }: { readonly id: number | "onetime"; readonly dryRun: boolean; readonly job: Job | undefined },
): Promise<null> {
  const credential = credentialOf(context, task.credentials);
  if (credential === undefined) throw new InstanceNotFound(`Credentials ${task.credentials} does not exist`);
  checkLocalPath(context, task.path);
  const s3 = remoteOf(context, credential);
  await s3.start();
  const breath = async () => {
    await context.breath();
    stopIfAborted(job);
  };
  const remote = new RemoteFolder(s3, task.attributes, task);
  const local = readLocal(context, task.path, task.snapshot ? `cloud_sync-${id}` : undefined);
  const here = localSide(context, task.path, () =>
    task.snapshot ? local.files : filesBelow(context.state, task.path),
  );
  const there: Side = {
    files: () => remote.files(),
    write: (file) => remote.write(file),
    delete: (path) => remote.delete(path),
  };
  try {
    await transfer(task, task.direction === "PUSH" ? [here, there] : [there, here], { dryRun, breath });
  } catch (error) {
    throw error instanceof CloudError
      ? rcloneError(context, error, task.transfer_mode.toLowerCase(), "ListObjectsV2")
      : error;
  } finally {
    local.done();
  }
  return null;
}
