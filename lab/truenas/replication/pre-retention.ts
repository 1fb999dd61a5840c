import { removable } from "../retention/removable.ts";
import { copyOwner } from "../retention/replication-owners.ts";
import { isPinned } from "../zfs/clones.ts";
import { isWithin } from "../zfs/dataset-tree.ts";
import { destroySnapshot } from "../zfs/snapshot-actions.ts";
import type { Run } from "./context.ts";
import { type Sides, snapshotNames } from "./steps.ts";

/** Makes room on the target: copies that have expired go first, but never what the next ones build upon. */
export function preRetention({ spec, own, now }: Run, { source, target }: Sides, root: string): void {
  const known = { own: own.state, source: source.state, target: target.state };
  const within = (dataset: string) => isWithin(dataset, root);
  const owner = copyOwner(spec, known, now, { within, spareBase: true });
  for (const dataset of target.state.snapshotsByDataset.names())
    for (const name of removable([owner], dataset, snapshotNames(target.state, dataset))) {
      const snapshot = target.state.snapshots.get(`${dataset}@${name}`);
      if (snapshot === undefined || isPinned(target.state, snapshot)) continue;
      target.change(`cannot destroy '${snapshot.id}'`);
      destroySnapshot(target.state, snapshot);
    }
}
