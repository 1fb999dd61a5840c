const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const units = { HOUR: HOUR_MS, DAY: DAY_MS, WEEK: 7 * DAY_MS, MONTH: 30 * DAY_MS, YEAR: 365 * DAY_MS } as const;

/** How long something is kept. */
export interface Lifetime {
  readonly lifetime_value: number;
  readonly lifetime_unit: keyof typeof units;
}

/** A lifetime in milliseconds; a month is 30 days and a year is 365. */
export function lifetimeMs({ lifetime_value, lifetime_unit }: Lifetime): number {
  return lifetime_value * units[lifetime_unit];
}
