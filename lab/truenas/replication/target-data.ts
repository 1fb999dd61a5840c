import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import { nodesOf } from "../zfs/dataset-nodes.ts";
import { childrenOf, mountpoint } from "../zfs/dataset-tree.ts";
import { EMPTY_DATASET_BYTES } from "../zfs/extents.ts";
import { usage } from "../zfs/space.ts";
import { ReplicationError } from "./errors.ts";

const NEGLIGIBLE_BYTES = 10 * 1024 * 1024;
const NO_SCRATCH = "and replication from scratch is not allowed. Refusing to overwrite existing data.";

/** What lies in the directory of a filesystem, but for the mount points of these children. */
function contents(state: ApplianceState, row: DatasetRow, children: readonly string[]): string[] {
  const root = mountpoint(row.id);
  const files = row.extents.flatMap(({ died, file }) => (died === null ? [file?.path.split("/")[0] ?? "data"] : []));
  const directories = nodesOf(state, row.id).flatMap(({ path }) => path.slice(root.length + 1).split("/")[0] ?? []);
  const others = childrenOf(state, row.id).filter((child) => !children.includes(child));
  const mounted = others.map((child) => child.slice(row.id.length + 1));
  return [...new Set([...files, ...directories, ...mounted])].filter((name) => name !== "").sort();
}

/**
 * Refuses a target that has data which a replication from scratch would destroy. Copies of children that are empty
 * themselves are no data.
 */
export function requireNoData(state: ApplianceState, target: string, children: readonly string[]): void {
  const row = state.datasets.get(target);
  if (row === undefined || row.partial !== undefined) return;
  for (const child of children) if (childrenOf(state, target).includes(child)) requireNoData(state, child, children);
  if (row.type === "FILESYSTEM" && row.unmounted !== true) {
    const [first] = contents(state, row, children);
    if (first !== undefined)
      throw new ReplicationError(
        `Target dataset '${target}' does not have matching snapshots but has data (e.g. '${first}') ${NO_SCRATCH}`,
      );
    return;
  }
  const bytes = row.type === "VOLUME" ? usage(state, row).dataset - EMPTY_DATASET_BYTES : usage(state, row).total;
  if (bytes > NEGLIGIBLE_BYTES)
    throw new ReplicationError(
      `Target dataset '${target}' does not have matching snapshots but has data (${bytes} bytes used) ${NO_SCRATCH}`,
    );
}
