import { isRecord, type Values } from "./property.ts";
import type { Call, Notice, Row } from "./resource-type.ts";
import { ownsSnapshot } from "./snapshot-ownership.ts";

/** Inputs that say which snapshots a task removes, and when. */
export const RETENTION: ReadonlySet<string> = new Set([
  ...["dataset", "namingSchema", "recursive", "exclude", "schedule", "lifetimeValue", "lifetimeUnit", "enabled"],
]);
const HOURS: Readonly<Record<string, number>> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 720, YEAR: 8760 };

/** Asks which snapshots a task owns: they are those whose removal changes when it goes. */
export function ownedSnapshots(row: Row): Call {
  return { method: "pool.snapshottask.delete_will_change_retention_for", params: [row["id"]] };
}

/** The snapshots of an answer to that question, `dataset@name`. */
export function snapshotsIn(answer: unknown): readonly string[] {
  if (!isRecord(answer)) return [];

  return Object.entries(answer).flatMap(([dataset, names]) =>
    Array.isArray(names) ? names.map((name) => `${dataset}@${name}`) : [],
  );
}

/** What becomes of the snapshots that a task has taken so far, when its inputs change; undefined when nothing does. */
export function retentionNotice(olds: Values, news: Values, answer: unknown): Notice | undefined {
  const owned = snapshotsIn(answer);
  const lost = owned.filter((id) => !owns(news, id)).length;
  const kept = owned.length - lost;
  const [before, after] = [lifetime(olds), lifetime(news)];
  const stopped = olds["enabled"] !== false && news["enabled"] === false;
  const shorter = hours(news) < hours(olds);
  const changed = stopped || before !== after ? kept : 0;
  if (lost + changed === 0) return undefined;
  const parts = [
    ...(lost > 0 ? [`${lost} no longer belong to the task, and ${fate(news)}`] : []),
    ...(changed > 0 && stopped ? [`${changed} stay until the task is enabled again`] : []),
    ...(changed > 0 && !stopped ? [`${changed} are kept ${after} instead of ${before}${shorter ? SOON : ""}`] : []),
  ];
  const text = `${lost + changed} existing snapshots of ${olds["dataset"]} change their expiry: ${parts.join("; ")}`;

  return { severity: lost > 0 || stopped || shorter ? "warning" : "info", text };
}

const SOON = ", so that those which are older go when the task next runs";

function fate(news: Values): string {
  return news["keepRemovalDates"] === false
    ? "are never removed by themselves (keepRemovalDates is false)"
    : "go on the day on which they were to go";
}

function owns(task: Values, id: string): boolean {
  const at = id.indexOf("@");

  return ownsSnapshot(task, id.slice(0, at), id.slice(at + 1));
}

const lifetime = (task: Values) => `${task["lifetimeValue"] ?? 2} ${task["lifetimeUnit"] ?? "WEEK"}`;
const hours = (task: Values) =>
  Number(task["lifetimeValue"] ?? 2) * (HOURS[String(task["lifetimeUnit"] ?? "WEEK")] ?? 0);
