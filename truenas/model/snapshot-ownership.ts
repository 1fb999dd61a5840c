import { Cron } from "croner";
import { isRecord, type Values } from "./property.ts";

const PARTS: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  m: "(?<m>\\d{2})",
  d: "(?<d>\\d{2})",
  H: "(?<H>\\d{2})",
  M: "(?<M>\\d{2})",
  S: "(?<S>\\d{2})",
  z: "[+-]{1,2}\\d{4}",
};

/** The time of the appliance's own clock that a snapshot's name tells; undefined where the schema did not make it. */
function clockTime(schema: string, name: string): Date | undefined {
  const source = schema
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/%(\w)/g, (_all, letter: string) => PARTS[letter] ?? "\\w+");
  const found = new RegExp(`^${source}$`).exec(name)?.groups;
  if (!found) return undefined;
  const [year, month, day, hour, minute] = ["Y", "m", "d", "H", "M"].map((letter) => Number(found[letter]));

  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute));
}

/** True when the schedule fires in the minute of that time; clock times are taken as they are, so no zone matters. */
function fires(schedule: Values, at: Date): boolean {
  const field = (name: string) => String(schedule[name] ?? (name === "minute" ? "00" : "*"));
  const time = at.toISOString().slice("2026-01-01T".length, "2026-01-01T00:00".length);
  if (time < padded(schedule["begin"] ?? "00:00") || time > padded(schedule["end"] ?? "23:59")) return false;
  const expression = ["minute", "hour", "dom", "month", "dow"].map(field).join(" ");

  return new Cron(expression, { paused: true, mode: "5-part", utcOffset: 0 }).match(at);
}

const padded = (time: unknown) => String(time).replace(/^(\d):/, "0$1:");

/**
 * Whether a snapshot task with these inputs owns a snapshot: it would have taken it itself. A task that owns one removes
 * it when its lifetime ends; what nobody owns stays.
 */
export function ownsSnapshot(task: Values, dataset: string, name: string): boolean {
  const root = String(task["dataset"]);
  const exclude = Array.isArray(task["exclude"]) ? task["exclude"].map(String) : [];
  const within = (path: string) => dataset === path || dataset.startsWith(`${path}/`);
  const covered = task["recursive"] === true ? within(root) && !exclude.some(within) : dataset === root;
  if (!covered) return false;
  const time = clockTime(String(task["namingSchema"]), name);

  return time !== undefined && fires(isRecord(task["schedule"]) ? task["schedule"] : {}, time);
}
