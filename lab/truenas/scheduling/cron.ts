import { Cron } from "croner";
import type { CronSchedule, WindowSchedule } from "../state/rows.ts";

const FIELDS = ["minute", "hour", "dom", "month", "dow"] as const;
const STEPPED = /^(\*|[0-9]+-[0-9]+)\/([0-9]+)$/;

/** An offset costs far less than a named zone. */
const OPTIONS = { paused: true, mode: "5-part", utcOffset: 0 } as const;

/** The schedule as a cron expression. */
export function expression(schedule: CronSchedule): string {
  return FIELDS.map((field) => schedule[field] || "*").join(" ");
}

/** What is wrong with a schedule, in the middleware's words, or undefined. */
export function cronProblem(schedule: CronSchedule): string | undefined {
  const prefix = "Value error, Please ensure fields match cron syntax - ";
  for (const field of FIELDS) {
    const value = schedule[field] || "*";
    if (value.includes("/") && !STEPPED.test(value)) return `${prefix}Only range or \`*\` are allowed before \`/\``;
  }
  try {
    new Cron(expression(schedule), OPTIONS);
    return undefined;
  } catch {
    return `${prefix}[${expression(schedule)}] is not acceptable, out of range`;
  }
}

const minuteOfDay = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

function inWindow(schedule: CronSchedule | WindowSchedule, date: Date): boolean {
  if (!("begin" in schedule)) return true;
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
  return minute >= minuteOfDay(schedule.begin) && minute <= minuteOfDay(schedule.end);
}

/** Firings outside the window that are skipped before a schedule counts as never due. */
const SEARCH_LIMIT = 24 * 60;

const compiled = new Map<string, Cron>();

function cronOf(schedule: CronSchedule): Cron {
  const text = expression(schedule);
  const known = compiled.get(text) ?? new Cron(text, OPTIONS);
  compiled.set(text, known);
  return known;
}

const lastAsked = new Map<string, { readonly after: number; readonly next: number | undefined }>();

/** The next time after `after` at which the schedule fires, in milliseconds, or undefined when it never does. */
export function nextFiring(schedule: CronSchedule | WindowSchedule, after: number): number | undefined {
  const window = "begin" in schedule ? `${schedule.begin} ${schedule.end}` : "";
  const key = `${expression(schedule)} ${window}`;
  const last = lastAsked.get(key);
  // Until it fires the answer stays the same.
  if (last !== undefined && last.after <= after && (last.next === undefined || after < last.next)) return last.next;
  const next = searched(schedule, after);
  lastAsked.set(key, { after, next });
  return next;
}

function searched(schedule: CronSchedule | WindowSchedule, after: number): number | undefined {
  const cron = cronOf(schedule);
  let date = cron.nextRun(new Date(after));
  for (let tries = 0; date !== null && tries < SEARCH_LIMIT; tries += 1) {
    if (inWindow(schedule, date)) return date.getTime();
    date = cron.nextRun(date);
  }
  return undefined;
}

const decided = new WeakMap<object, Map<number, boolean>>();

/** True when the schedule fires at that very minute. */
export function firesAt(schedule: CronSchedule | WindowSchedule, at: number): boolean {
  const known = decided.get(schedule) ?? new Map<number, boolean>();
  decided.set(schedule, known);
  const before = known.get(at);
  if (before !== undefined) return before;
  const date = new Date(at);
  const fires =
    inWindow(schedule, date) &&
    cronOf(schedule)
      .nextRun(new Date(at - 1000))
      ?.getTime() === at;
  known.set(at, fires);
  return fires;
}
