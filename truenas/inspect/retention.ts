import type { Properties, Values } from "../model/property.ts";
import type { Row } from "../model/resource-type.ts";
import { ownedSnapshots, retentionNotice, snapshotsIn } from "../model/retention-impact.ts";
import { snapshotTask } from "../model/snapshot-task.ts";
import type { Appliance } from "../plugin/appliance.ts";
import { liveOf } from "../plugin/objects.ts";

/** What becomes of the snapshots that a task has taken, once what is declared is applied. */
export interface RetentionImpact {
  /** `dataset@namingSchema`, the id of a SnapshotTask. */
  readonly task: string;
  /** Whether the task is declared otherwise, or not declared at all. */
  readonly becomes: "changed" | "removed";
  /** How many snapshots the task owns now. */
  readonly snapshots: number;
  /** What happens to them, as a sentence. */
  readonly text: string;
}

/** Compares the snapshot tasks of an appliance with those that are declared; tasks that change nothing are left out. */
export async function retentionImpacts(
  appliance: Appliance,
  declared: readonly Values[],
): Promise<readonly RetentionImpact[]> {
  const tasks = await appliance.reads.rows("pool.snapshottask");
  const impacts = await Promise.all(
    tasks.map(async (row) => {
      const task = snapshotTask.idOfRow?.(row) ?? "";
      const news = declared.find((inputs) => snapshotTask.idOf(inputs) === task);
      const answer = await appliance.lookUp(ownedSnapshots(row));
      return news ? changed(appliance, row, task, news, answer) : removed(task, answer);
    }),
  );
  return impacts.flat();
}

async function changed(
  appliance: Appliance,
  row: Row,
  task: string,
  news: Values,
  answer: unknown,
): Promise<RetentionImpact[]> {
  const { values } = await liveOf(appliance, snapshotTask, row, news);
  const notice = retentionNotice(whole(values), whole(news), answer);
  return notice ? [{ task, becomes: "changed", snapshots: snapshotsIn(answer).length, text: notice.text }] : [];
}

function removed(task: string, answer: unknown): RetentionImpact[] {
  const count = snapshotsIn(answer).length;
  const fate =
    count === 0 ? "it owns no snapshots" : `${count} existing snapshots go on the day on which they were to go`;
  return [
    { task, becomes: "removed", snapshots: count, text: `the task is not declared: once it is removed, ${fate}` },
  ];
}

/** The inputs with what absence means. */
function whole(inputs: Values): Values {
  const properties: Properties = snapshotTask.properties;
  const standard = Object.entries(properties).map(([name, { default: value }]) => [name, value]);
  return { ...Object.fromEntries(standard), ...inputs };
}
