import { CallError, InstanceNotFound } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import type { DatasetRow } from "../state/rows.ts";
import { childrenOf, subtree } from "../zfs/dataset-tree.ts";
import { destroyDataset, heldBelow } from "../zfs/destroy.ts";
import { snapshotsOf } from "../zfs/snapshots.ts";
import { detach } from "./attachments.ts";

const failed = (text: string, errno?: string) => new CallError(`Failed to delete dataset: ${text}`, errno);

function checkSnapshots({ state }: Context, dataset: DatasetRow): void {
  const names = snapshotsOf(state, dataset.id).map((snapshot) => snapshot.id);
  if (names.length === 0) return;
  const kind = dataset.type === "VOLUME" ? "volume" : "filesystem";
  throw failed(
    `cannot destroy '${dataset.id}': ${kind} has children\nuse '-r' to destroy the following datasets:\n${names.join("\n")}`,
  );
}

/** Nothing is destroyed that a dataset elsewhere was cloned from. */
function checkClones({ state }: Context, id: string, doomed: readonly DatasetRow[]): void {
  const inside = new Set(doomed.map((row) => row.id));
  const clones = state.datasets
    .values()
    .filter((row) => row.origin !== undefined && !inside.has(row.id) && inside.has(row.origin.split("@")[0] ?? ""))
    .map((row) => row.id);
  if (clones.length > 0)
    throw failed(
      `cannot destroy '${id}': filesystem has dependent clones\nuse '-R' to destroy the following datasets:\n${clones.join("\n")}`,
    );
}

/** Deletes a dataset. Shares and tasks that use it go first, and stay gone even when ZFS then refuses. */
export function deleteDataset(
  context: Context,
  id: string,
  options: { readonly recursive: boolean; readonly force: boolean },
): true {
  const { state } = context;
  if (!options.recursive && childrenOf(state, id).length > 0)
    throw failed(`cannot destroy '${id}': filesystem has children`, "ENOTEMPTY");
  const dataset = state.datasets.get(id);
  if (dataset === undefined) throw new InstanceNotFound(`PoolDataset ${id} does not exist`);
  detach(state, id);
  const doomed = subtree(state, id);
  const busy = doomed.find((row) => row.busy === true);
  if (busy !== undefined && !options.force)
    throw failed(`cannot unmount '/mnt/${busy.id}': pool or dataset is busy`, "EBUSY");
  const held = heldBelow(state, id);
  if (held !== undefined) throw failed(`cannot destroy snapshot ${held}: dataset is busy`, "EBUSY");
  checkClones(context, id, doomed);
  if (!options.recursive) checkSnapshots(context, dataset);
  if (!id.includes("/") && !options.recursive)
    throw failed(
      `cannot destroy '${id}': operation does not apply to pools\nuse 'zfs destroy -r ${id}' to destroy all datasets in the pool\nuse 'zpool destroy ${id}' to destroy the pool itself`,
    );
  for (const row of [...doomed].reverse()) if (row.id.includes("/")) destroyDataset(state, row.id);
  return true;
}
