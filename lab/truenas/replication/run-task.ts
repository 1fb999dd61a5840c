import type { Member, Surroundings } from "../surroundings.ts";
import type { Run } from "./context.ts";
import { ReplicationError } from "./errors.ts";
import { sentence } from "./hold.ts";
import { runReplication } from "./run.ts";
import { type Outcome, replicationsOf } from "./task-row.ts";

/** Runs a replication task and keeps how it ended; throws what it failed with. */
export async function runTask(
  own: Member,
  surroundings: Surroundings,
  id: number,
  at: number,
  progress?: Run["progress"],
): Promise<void> {
  const { state } = own;
  const task = replicationsOf(state).get(id);
  if (task === undefined) return;
  const finish = (outcome: Outcome) => {
    state.runningReplications.delete(id);
    const row = replicationsOf(state).get(id);
    if (row !== undefined) replicationsOf(state).put(id, { ...row, state: { ...outcome, at } });
  };
  const last = task.state.last_snapshot;
  const before = last === undefined ? {} : { last_snapshot: last };
  state.runningReplications.put(id, at);
  try {
    const run = { own, surroundings, spec: task, name: task.name, now: at, ...(progress ? { progress } : {}) };
    const { lastSnapshot } = await runReplication(run);
    const now = lastSnapshot === undefined ? before : { last_snapshot: lastSnapshot };
    finish({ state: "FINISHED", warnings: [], ...now });
  } catch (error) {
    if (!(error instanceof ReplicationError)) throw error;
    finish({ state: "ERROR", error: sentence(error.message), ...before });
    throw error;
  }
}
