import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import { isWithin, mountpoint } from "../zfs/dataset-tree.ts";

/** The directory at a path, or undefined. */
export function nodeAt(state: ApplianceState, path: string): NodeRow | undefined {
  return state.nodes.get(path);
}

/** Gives a fresh filesystem its root directory: owned by root, mode 755, no ACL beyond that. */
export function makeMountpoint(state: ApplianceState, dataset: string): NodeRow {
  const path = mountpoint(dataset);
  return state.nodes.put(path, { path, uid: 0, gid: 0, mode: 0o755 });
}

/** Takes the directories of a dataset away with it. */
export function removeNodes(state: ApplianceState, dataset: string): void {
  for (const path of state.nodes.keys()) if (isWithin(path, mountpoint(dataset))) state.nodes.delete(path);
}
