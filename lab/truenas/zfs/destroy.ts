import { removeNodes } from "../filesystem/nodes.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { subtree } from "./dataset-tree.ts";
import { snapshotsOf } from "./snapshots.ts";

/** Takes one dataset away with its snapshots and directories. */
export function destroyDataset(state: ApplianceState, id: string): void {
  for (const snapshot of snapshotsOf(state, id)) state.snapshots.delete(snapshot.id);
  removeNodes(state, id);
  state.datasets.delete(id);
}

/** A snapshot at or below a dataset that somebody holds; it keeps all of it from being destroyed. */
export function heldBelow(state: ApplianceState, id: string): string | undefined {
  const snapshots = subtree(state, id).flatMap((row) => snapshotsOf(state, row.id));
  return snapshots.find(({ held }) => held)?.id;
}

/** Takes a dataset away with everything below it, the lowest first. */
export function destroyTree(state: ApplianceState, id: string): void {
  for (const row of [...subtree(state, id)].reverse()) destroyDataset(state, row.id);
}
