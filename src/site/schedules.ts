import { Cron } from "croner";
import { type Refusal, text } from "./value.ts";

/** A schedule in the five fields of TrueNAS's own cron. */
export interface Schedule {
  readonly minute: string;
  readonly hour: string;
  /** Day of the month. */
  readonly dom: string;
  readonly month: string;
  /** Day of the week, 1 (Monday) to 7 (Sunday). */
  readonly dow: string;
}

const FIELDS = [
  { name: "minute", noun: "a minute", least: 0, most: 59 },
  { name: "hour", noun: "an hour", least: 0, most: 23 },
  { name: "day of the month", noun: "a day of the month", least: 1, most: 31 },
  { name: "month", noun: "a month", least: 1, most: 12 },
  { name: "day of the week", noun: "a day of the week", least: 1, most: 7 },
] as const;

type Field = (typeof FIELDS)[number];

/** A cron expression in TrueNAS's dialect, such as `0 2 * * 7` for Sundays at two. */
export const schedule = () =>
  text<Schedule>({
    rule: "cron",
    allowed:
      "minute, hour, day of the month, month and day of the week (1 Monday to 7 Sunday), / only after * or a range",
    remedy: "write five fields of cron, such as 0 2 * * 7 for Sundays at two",
    examples: ["0 * * * *", "0 2 * * 7"],
    read: (input) => {
      const fields = input.trim().split(/\s+/);
      if (fields.length !== FIELDS.length) return { refused: { says: `"${input}" has ${fields.length} fields` } };

      const refused = FIELDS.map((field, at) => refusedField(field, fields[at] ?? "")).find((found) => found);
      if (refused !== undefined) return { refused };
      const [minute = "", hour = "", dom = "", month = "", dow = ""] = fields;
      const read: Schedule = { minute, hour, dom, month, dow };

      return runsOf(read, 1).length === 0 ? { refused: { says: `"${input}" never comes` } } : { value: read };
    },
  });

function refusedField(field: Field, written: string): Refusal | undefined {
  for (const item of written.split(",")) {
    const [, from, to, step] = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item) ?? [undefined];
    if (!/^(\*|\d+(-\d+)?)(\/\d+)?$/.test(item)) return { says: `"${item}" is not ${field.noun}` };
    if (field.name === "day of the week" && (from === "0" || to === "0")) {
      return { says: "day of the week 0 does not exist on TrueNAS", remedy: "write 7 for Sunday" };
    }
    const outside = [from, to].find((at) => at !== undefined && (Number(at) < field.least || Number(at) > field.most));
    if (outside !== undefined) {
      return { says: `${field.name} ${outside} is not between ${field.least} and ${field.most}` };
    }
    if (to !== undefined && Number(from) > Number(to)) return { says: `"${item}" runs backwards` };
    if (step === "0") return { says: `"${item}" steps by nothing` };
    if (step !== undefined && from !== undefined && to === undefined) {
      return { says: `"${item}" steps from a single value`, remedy: `write ${from}-${field.most}/${step}` };
    }
  }
  return undefined;
}

/** The gaps between the runs of a schedule, in hours; every day is taken to have twenty-four. */
export function gapsInHours(when: Schedule): { readonly shortest: number; readonly longest: number } {
  const times = expand(when.hour, 23).flatMap((hour) => expand(when.minute, 59).map((minute) => hour * 60 + minute));
  const overnight = (times[0] ?? 0) - (times.at(-1) ?? 0);
  const gaps = [...differences(times), ...minutesBetweenDays(when).map((gap) => gap + overnight)];

  return { shortest: Math.min(...gaps) / 60, longest: Math.max(...gaps) / 60 };
}

/** Gaps that have been worked out: finding days is slow, and a site repeats few kinds of them. */
const known = new Map<string, number[]>();

/** Minutes from midnight to midnight of the days on which a schedule runs; enough days to meet a leap year. */
function minutesBetweenDays(when: Schedule): number[] {
  const midnights = { ...when, minute: "0", hour: "0" };
  const key = formatSchedule(midnights);
  const gaps = known.get(key) ?? differences(runsOf(midnights, 64).map((day) => day.getTime() / 60_000));
  known.set(key, gaps);

  return gaps;
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => value - (values[at] ?? 0));
}

/** Every value that a field stands for, in order. */
function expand(field: string, most: number): number[] {
  const items = field.split(",").map((item) => {
    const [range = "", step = "1"] = item.split("/");
    const [from = "0", to = from] = range === "*" ? ["0", String(most)] : range.split("-");
    return { from: Number(from), to: Number(to), step: Number(step) };
  });
  const values = Array.from({ length: most + 1 }, (_, value) => value);
  return values.filter((value) =>
    items.some(({ from, to, step }) => value >= from && value <= to && (value - from) % step === 0),
  );
}

/** Whether two schedules may come at one time; days of the month are taken to fall on any day of the week. */
export function canMeet(one: Schedule, other: Schedule): boolean {
  const fields = { minute: 59, hour: 23, dom: 31, month: 12, dow: 7 } as const;
  return (Object.keys(fields) as (keyof typeof fields)[]).every((field) => {
    const values = new Set(expand(other[field], fields[field]));
    return expand(one[field], fields[field]).some((value) => values.has(value));
  });
}

/** A schedule as it is written. */
export function formatSchedule({ minute, hour, dom, month, dow }: Schedule): string {
  return `${minute} ${hour} ${dom} ${month} ${dow}`;
}

/** Runs after a fixed day, so that the same site always gives the same answer. */
function runsOf(when: Schedule, count: number): Date[] {
  const cron = new Cron(formatSchedule(when), { timezone: "UTC", paused: true });
  return cron.nextRuns(count, new Date("2026-01-01T00:00:00Z"));
}
