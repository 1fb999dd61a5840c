import { ReplicationError } from "../replication/errors.ts";
import { replicationHold, snapshotTaskHold } from "../replication/hold.ts";
import { remoteSide, type Side } from "../replication/session.ts";
import { snapshotNames } from "../replication/steps.ts";
import { type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Member, Surroundings } from "../surroundings.ts";
import { isPinned } from "../zfs/clones.ts";
import { destroySnapshot } from "../zfs/snapshot-actions.ts";
import type { Owner } from "./owner.ts";
import { removable } from "./removable.ts";
import { removalDateOwner } from "./removal-dates.ts";
import { copyOwner, pendingPushOwner } from "./replication-owners.ts";
import { snapshotTaskOwner } from "./snapshot-task-owner.ts";

const MINUTE_MS = 60_000;

interface Scene {
  readonly own: Member;
  readonly surroundings: Surroundings;
  readonly now: number;
  readonly tasks: readonly ReplicationRow[];
}

/**
 * Destroys what has outlived its lifetime: snapshots here, and the copies that this appliance's replications made
 * elsewhere. Snapshots that somebody holds stay.
 */
export function runRetention(own: Member, surroundings: Surroundings, now: number): void {
  const tasks = replicationsOf(own.state)
    .values()
    .filter((task) => task.enabled && replicationHold(own.state, task) === undefined);
  const scene = { own, surroundings, now, tasks };
  destroyExpired(own.state, localOwners(scene));
  for (const group of byConnection(tasks.filter(({ direction }) => direction === "PUSH"))) destroyCopies(scene, group);
}

// Whoever cannot be reached has nothing that is known of it.
function reached({ own, surroundings }: Scene, task: ReplicationRow): Side | undefined {
  try {
    const side = remoteSide(own, surroundings, task);
    side.look();
    return side;
  } catch (error) {
    if (error instanceof ReplicationError) return undefined;
    throw error;
  }
}

function localOwners(scene: Scene): Owner[] {
  const { own, now, tasks } = scene;
  const { state } = own;
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const snapshotTasks = state.snapshotTasks
    .values()
    .filter(({ enabled, dataset }) => enabled && snapshotTaskHold(state, dataset) === undefined);
  const holding = tasks.filter(({ hold_pending_snapshots }) => hold_pending_snapshots);
  const fetching = tasks.filter(({ direction }) => direction === "PULL");
  return [
    ...snapshotTasks.map((task) => snapshotTaskOwner(task, minute)),
    ...holding.map((task) =>
      pendingPushOwner(task, { own: state, source: state, target: reached(scene, task)?.state }),
    ),
    removalDateOwner(state, now),
    ...fetching.flatMap((task) => {
      const source = reached(scene, task)?.state;
      return source === undefined ? [] : [copyOwner(task, { own: state, source, target: state }, now)];
    }),
  ];
}

function byConnection(tasks: readonly ReplicationRow[]): ReplicationRow[][] {
  return [...Map.groupBy(tasks, ({ ssh_credentials, sudo }) => `${ssh_credentials} ${sudo}`).values()];
}

function destroyCopies(scene: Scene, tasks: readonly ReplicationRow[]): void {
  const [first] = tasks;
  const side = first === undefined ? undefined : reached(scene, first);
  if (side === undefined) return;
  const { state } = scene.own;
  const known = { own: state, source: state, target: side.state };
  try {
    side.change("cannot destroy snapshots");
  } catch {
    return;
  }
  destroyExpired(
    side.state,
    tasks.map((task) => copyOwner(task, known, scene.now)),
  );
}

function destroyExpired(state: ApplianceState, owners: readonly Owner[]): void {
  for (const dataset of state.snapshotsByDataset.names())
    for (const name of removable(owners, dataset, snapshotNames(state, dataset))) {
      const snapshot = state.snapshots.get(`${dataset}@${name}`);
      if (snapshot !== undefined && !isPinned(state, snapshot)) destroySnapshot(state, snapshot);
    }
}
