import { Cron } from "croner";
import { formatSchedule, gapsInHours, type Schedule } from "../schedules.ts";

const START = new Date("2026-01-01T00:00:00Z");
/** Long enough for a monthly rhythm to show its longest month, and a yearly one its second run. */
const DAYS = 400;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** The longest time between two runs of a schedule, in seconds. */
export function longestGap(when: Schedule): number {
  return gapsInHours(when).longest * HOUR;
}

/**
 * How long ago the newest snapshot that a carrier has delivered can have been taken, just before its next run: both
 * rhythms are laid side by side, since a carrier that starts right after the snapshots loses nothing by coming later.
 */
export function longestLag(taken: Schedule, carried: Schedule): number {
  const snapshots = secondsOf(taken);
  const runs = secondsOf(carried);
  const apart = longestGap(taken) + longestGap(carried);
  if (snapshots.length < 2 || runs.length < 2) return apart;

  let at = -1;
  let longest = 0;
  runs.slice(0, -1).forEach((run, index) => {
    while ((snapshots[at + 1] ?? Number.POSITIVE_INFINITY) <= run) at += 1;
    const newest = snapshots[at];
    const next = runs[index + 1];
    if (newest !== undefined && next !== undefined) longest = Math.max(longest, next - newest);
  });
  return longest > 0 ? longest : apart;
}

const known = new Map<string, readonly number[]>();

/** Every run within the days that are looked at, in seconds from their start. */
function secondsOf(when: Schedule): readonly number[] {
  const key = formatSchedule(when);
  const before = known.get(key);
  if (before) return before;
  const times = runsOf({ ...when, dom: "*", month: "*", dow: "*" }, 1);
  const days = runsOf({ ...when, minute: "0", hour: "0" }, DAYS);
  const found = days.flatMap((day) => times.map((time) => day + time));
  known.set(key, found);

  return found;
}

function runsOf(when: Schedule, days: number): number[] {
  const cron = new Cron(formatSchedule(when), { timezone: "UTC", paused: true });
  const most = days === 1 ? 24 * 60 : days;
  // A run at the very start lies after the moment before it.
  const runs = cron.nextRuns(most, new Date(START.getTime() - 1));
  return runs.map((run) => (run.getTime() - START.getTime()) / 1000).filter((run) => run < days * DAY);
}
