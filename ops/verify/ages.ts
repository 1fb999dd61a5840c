import { gapsInHours, hoursOf, type Lifetime, type Schedule } from "../../src/site/index.ts";
import type { Finding, Measure } from "./finding.ts";

const HOUR_MS = 3_600_000;
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A time in the two largest units that it has, e.g. `2 h 10 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) return "0 s";
  const [name, size] = UNITS[first] ?? UNITS[3];
  const [nextName, nextSize] = UNITS[first + 1] ?? UNITS[3];
  const rest = Math.floor((whole % size) / nextSize);

  return `${Math.floor(whole / size)} ${name}${rest > 0 && first < UNITS.length - 1 ? ` ${rest} ${nextName}` : ""}`;
}

/** What runs by schedule may be as old as the longest gap between two runs and the grace, in milliseconds. */
export function allowedAge(schedule: Schedule, grace: Lifetime): number {
  return (gapsInHours(schedule).longest + hoursOf(grace)) * HOUR_MS;
}

/** How fresh something is, all times in milliseconds. */
export interface Freshness {
  readonly appliance: string;
  readonly subject: string;
  /** The noun of what is missing, e.g. `snapshot`. */
  readonly what: string;
  readonly now: number;
  /** When the youngest was made; absent when there is none. */
  readonly youngest?: number | undefined;
  /** Since when there could be one: what is new has not failed to keep up yet. */
  readonly since?: number | undefined;
  readonly allowed: number;
  readonly remedy: string;
  /** Name of the metrics `<metric>_age_seconds` and `<metric>_age_limit_seconds`. */
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Judges the age of the youngest of something. */
export function judgeAge(freshness: Freshness): Finding {
  const { appliance, subject, what, now, youngest, since, allowed, remedy } = freshness;
  const expected = `younger than ${formatSeconds(allowed / 1000)}`;
  const about = { appliance, subject, expected };
  if (youngest === undefined) {
    const isNew = since !== undefined && now - since <= allowed;
    if (isNew) return { ...about, status: "passed", found: `no ${what} yet, none was due` };
    return { ...about, status: "failed", found: `no ${what}`, remedy };
  }
  const age = Math.max(0, now - youngest);
  const found = `${what} of ${formatSeconds(age / 1000)} ago`;
  const measures = measuresOf(freshness, age);

  return age <= allowed
    ? { ...about, status: "passed", found, measures }
    : { ...about, status: "failed", found, remedy, measures };
}

function measuresOf({ metric, allowed, labels = {} }: Freshness, age: number): readonly Measure[] {
  return [
    { metric: `${metric}_age_seconds`, value: age / 1000, labels },
    { metric: `${metric}_age_limit_seconds`, value: allowed / 1000, labels },
  ];
}
