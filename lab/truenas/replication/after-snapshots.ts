import { runRetention } from "../retention/run-retention.ts";
import type { Member, Surroundings } from "../surroundings.ts";
import { replicationHold } from "./hold.ts";
import { runTask } from "./run-task.ts";
import { replicationsOf } from "./task-row.ts";

/** What follows when somebody has run snapshot tasks: the replications bound to them, and the end of what is too old. */
export async function afterSnapshots(
  own: Member,
  surroundings: Surroundings,
  tasks: readonly number[],
  now: number,
): Promise<void> {
  const bound = replicationsOf(own.state)
    .values()
    .filter(({ enabled, auto, schedule }) => enabled && auto && schedule === null)
    .filter((row) => row.periodic_snapshot_tasks.some((id) => tasks.includes(id)))
    .filter((row) => replicationHold(own.state, row) === undefined);
  for (const { id } of bound) await runTask(own, surroundings, id, now).catch(() => undefined);
  runRetention(own, surroundings, now);
}
