import { credentialsOf } from "../credentials.ts";
import { replicationHold } from "../replication/hold.ts";
import { boundTasks, type ReplicationRow } from "../replication/task-row.ts";
import type { ApplianceState } from "../state/appliance-state.ts";

const seconds = (at: number) => ({ $date: Math.floor(at / 1000) * 1000 });

function stateOf(state: ApplianceState, row: ReplicationRow, now: number): Record<string, unknown> {
  const reason = row.enabled ? replicationHold(state, row) : undefined;
  if (reason !== undefined) return { state: "HOLD", datetime: seconds(now), reason };
  const running = state.runningReplications.get(row.id);
  const { at, ...last } = row.state;
  if (running !== undefined)
    return { state: "RUNNING", datetime: seconds(running), last_snapshot: last.last_snapshot ?? null };
  return at === undefined ? last : { last_snapshot: null, ...last, datetime: seconds(at) };
}

/** A replication task as replies show it: what is stored by number comes back as the object itself. */
export function replicationEntry(state: ApplianceState, row: ReplicationRow, now: number): Record<string, unknown> {
  const credential = row.ssh_credentials === null ? null : (credentialsOf(state).get(row.ssh_credentials) ?? null);
  return {
    ...row,
    ssh_credentials: credential,
    periodic_snapshot_tasks: boundTasks(state, row).map((task) => ({ ...task, state: "{}" })),
    state: stateOf(state, row, now),
    job: null,
    has_encrypted_dataset_keys: false,
  };
}
