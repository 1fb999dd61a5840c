import { text } from "./value.ts";

/** Units in which TrueNAS counts how long a snapshot is kept. */
export type LifetimeUnit = "HOUR" | "DAY" | "WEEK" | "MONTH" | "YEAR";

/** How long a snapshot is kept. */
export interface Lifetime {
  /** How many units. */
  readonly value: number;
  /** The unit as the middleware spells it. */
  readonly unit: LifetimeUnit;
}

/** Hours of each unit, as the appliance counts them. */
const HOURS: Readonly<Record<LifetimeUnit, number>> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 30 * 24, YEAR: 365 * 24 };

const PATTERN = "^([1-9]\\d{0,3}) (hour|day|week|month|year)s?$";

/** A lifetime such as `24 hours` or `30 days` (ADR-0008). */
export const lifetime = () =>
  text<Lifetime>({
    rule: "lifetime",
    allowed: "a whole number of hours, days, weeks, months or years",
    remedy: "write a time, such as 24 hours; a number of snapshots to keep is not a time",
    pattern: PATTERN,
    examples: ["24 hours", "30 days"],
    misread: (value) => (typeof value === "number" ? { says: `${value} has no unit` } : undefined),
    read: (input) => {
      const [, value, unit] = new RegExp(PATTERN).exec(input) ?? [];
      if (value === undefined || unit === undefined) return { refused: { says: `"${input}" is not a lifetime` } };
      return { value: { value: Number(value), unit: unit.toUpperCase() as LifetimeUnit } };
    },
  });

/** A lifetime in hours. */
export function hoursOf(kept: Lifetime): number {
  return kept.value * HOURS[kept.unit];
}
