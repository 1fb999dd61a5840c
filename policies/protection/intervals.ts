import { Cron } from "croner";
import { textAt } from "../reading.ts";

const DAY = 24 * 3600;
const START = new Date("2026-01-01T00:00:00Z");
const MOST_DAYS = 400;
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
  const [minutes = "", hours = "", ...days] = expression.trim().split(/\s+/);
  const between = daysBetween(`0 0 ${days.join(" ")}`);
  const runs = valuesOf(hours, 23).flatMap((hour) => valuesOf(minutes, 59).map((minute) => hour * 3600 + minute * 60));
  const first = Math.min(...runs);
  const last = Math.max(...runs);
  if (runs.length === 0 || days.length !== 3) return Number.POSITIVE_INFINITY;
  const inDay = runs.map((run, at) => (runs[at + 1] ?? run) - run);

  return Math.max(...inDay, between * DAY - last + first);
}

/** The most days from one day on which a schedule runs to the next. */
function daysBetween(expression: string): number {
  try {
    const cron = new Cron(expression, { timezone: "UTC", paused: true });
    const days = cron.nextRuns(MOST_DAYS, START).map((day) => day.getTime() / 1000 / DAY);
    const within = days.filter((day) => day - START.getTime() / 1000 / DAY <= MOST_DAYS);
    const seen = within.length > 1 ? within : days.slice(0, 2);
    return seen.length > 1
      ? Math.max(...seen.slice(1).map((day, at) => day - (seen[at] ?? day)))
      : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The values of a field of cron, in order; none when it is malformed. */
function valuesOf(field: string, most: number): number[] {
  const values = field.split(",").flatMap((item) => {
    const [, all, from, to, step = "1"] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item) ?? [];
    if (all === undefined && from === undefined) return [];
    const start = all ? 0 : Number(from);
    const end = all ? most : Number(to ?? (item.includes("/") ? most : from));
    return Array.from({ length: most + 1 }, (_, at) => at).filter(
      (value) => value >= start && value <= end && (value - start) % Number(step) === 0,
    );
  });
  return [...new Set(values)].sort((one, other) => one - other);
}
