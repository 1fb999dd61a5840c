import type { SourceFile } from "../../cloud/restic/repository.ts";
import { filesBelow, isDirectory, writeAt } from "../../filesystem/files.ts";
import { CallError, pythonString } from "../../middleware/errors.ts";
import type { Context } from "../../middleware/method.ts";
import { datasetOfPath, mountpoint, poolOf } from "../../zfs/dataset-tree.ts";
import { effective } from "../../zfs/properties.ts";
import { property } from "../../zfs/property-table.ts";
import { destroySnapshot, takeSnapshots } from "../../zfs/snapshot-actions.ts";
import { available } from "../../zfs/space.ts";

/** Refuses a directory that is not there, or that no pool holds. */
export function checkLocalPath({ state }: Context, path: string): void {
  if (!isDirectory(state, path)) throw new CallError(`Directory ${pythonString(path)} does not exist`);
  const dataset = datasetOfPath(state, path);
  const condition = dataset && state.poolConditions.get(poolOf(dataset.id))?.status;
  if (condition === "SUSPENDED" || condition === "FAULTED") throw new CallError(`${path}: Input/output error`);
}

/** The files below a directory as a program reads them, from a snapshot taken for the purpose if that is wanted. */
export function readLocal(
  context: Context,
  path: string,
  snapshotPrefix: string | undefined,
): { readonly files: SourceFile[]; readonly from: string; readonly done: () => void } {
  const { state, clock } = context;
  const dataset = datasetOfPath(state, path);
  if (snapshotPrefix === undefined || dataset === undefined)
    return { files: filesBelow(state, path), from: path, done: () => undefined };
  const stamp = new Date(clock.time).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  const name = `${snapshotPrefix}-${stamp}`;
  const taken = takeSnapshots(state, clock, [dataset], name);
  const from = `${mountpoint(dataset.id)}/.zfs/snapshot/${name}${path.slice(mountpoint(dataset.id).length)}`;
  return {
    files: filesBelow(state, from),
    from,
    done: () => {
      for (const snapshot of taken) destroySnapshot(state, snapshot);
    },
  };
}

/** Writes a file as a program does that brings it back; refuses what the filesystem refuses. */
export function writeLocal(
  { state }: Context,
  path: string,
  file: { readonly content: string; readonly bytes: number; readonly at: number },
): void {
  const dataset = datasetOfPath(state, path);
  const refuse = (reason: string) => new CallError(`open ${path}: ${reason}`);
  if (dataset === undefined) throw refuse("no such file or directory");
  if (effective(state, dataset, property("readonly")).raw === "on") throw refuse("read-only file system");
  if (file.bytes > available(state, dataset)) throw refuse("no space left on device");
  writeAt(state, path, file);
}
