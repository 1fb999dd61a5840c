import { Cron } from "croner";
import { textAt } from "../reading.ts";

const DAY = 24 * 3600;
const HORIZON = 40 * DAY * 1000;
const START = new Date("2026-01-01T00:00:00Z");
const MOST_RUNS = 5000;
const FIELDS = ["minute", "hour", "dom", "month", "dow"] as const;
const UNITS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

const known = new Map<string, number>();

/** The longest time between two runs of a TrueNAS schedule, in seconds; a field left out means every value. */
export function longestGap(schedule: unknown): number {
  return longestGapOf(FIELDS.map((field) => textAt(schedule, field) ?? (field === "minute" ? "0" : "*")).join(" "));
}

/** The longest time between two runs of a cron expression, in seconds; infinite when it never comes. */
export function longestGapOf(expression: string): number {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const gap = measured(expression);
  known.set(expression, gap);
  return gap;
}

/** A time such as `6 hours` in seconds; a bare number counts seconds. Undefined when it is no time. */
export function secondsIn(text: string | undefined): number | undefined {
  const [, value, unit = "second"] = /^(\d+)(?: ?([a-z]+?)s?)?$/i.exec(text?.trim() ?? "") ?? [];
  const seconds = UNITS[unit.toLowerCase()];
  return value === undefined || seconds === undefined ? undefined : Number(value) * seconds;
}

/** A time in the largest unit that fits it, for example `6 hours`. */
export function inWords(seconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, length]) => seconds >= length) ?? ["second", 1];
  const count = Math.round((seconds / size) * 10) / 10;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function measured(expression: string): number {
  try {
    const cron = new Cron(expression, { timezone: "UTC", paused: true });
    let last = cron.nextRun(START);
    let longest = 0;
    for (let runs = 0; last && runs < MOST_RUNS; runs += 1) {
      const next = cron.nextRun(last);
      if (!next) return Number.POSITIVE_INFINITY;
      longest = Math.max(longest, next.getTime() - last.getTime());
      if (next.getTime() - START.getTime() > HORIZON) break;
      last = next;
    }
    return last ? longest / 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
