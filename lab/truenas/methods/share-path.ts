import { nodeAt } from "../filesystem/nodes.ts";
import { CallError, type ValidationErrors } from "../middleware/errors.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { isWithin } from "../zfs/dataset-tree.ts";

/** Refuses paths that are not inside a pool. Whether the path exists is asked later, and in other words. */
export function checkInsidePool(
  state: ApplianceState,
  errors: ValidationErrors,
  attribute: string,
  path: string,
): void {
  const inside = state.pools.values().some((pool) => isWithin(path, `/mnt/${pool.name}`));
  if (!inside) errors.add(attribute, "The path must reside within a pool mount point");
  if (/\/\.zfs(\/snapshot)?$/.test(path))
    errors.add(
      attribute,
      "The ZFS control directory (.zfs) and snapshot directory (.zfs/snapshot) are not permitted paths. If a snapshot within this directory must be accessed through the path-based API, then it should be called directly, e.g. '/mnt/dozer/.zfs/snapshot/mysnap'.",
    );
}

/** Fails the way `filesystem.stat` does on a path that is not there. */
export function requireExisting(state: ApplianceState, path: string): void {
  if (nodeAt(state, path) === undefined) throw new CallError(`Path ${path} not found`, "ENOENT");
}
