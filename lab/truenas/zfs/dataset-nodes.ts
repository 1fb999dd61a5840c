import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import { childrenOf, isWithin, mountpoint } from "./dataset-tree.ts";

/** The directories that lie in a filesystem itself, its mount point first; those of datasets below it are not its. */
export function nodesOf(state: ApplianceState, dataset: string): NodeRow[] {
  const root = mountpoint(dataset);
  const below = childrenOf(state, dataset).map(mountpoint);
  return state.nodes
    .values()
    .filter(({ path }) => isWithin(path, root) && !below.some((other) => isWithin(path, other)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
