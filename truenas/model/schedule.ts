import type { Properties } from "./property.ts";

/** The five cron fields; TrueNAS takes each as text. */
export const cronFields = {
  minute: {
    kind: "string",
    doc: "Minutes of the hour, cron syntax.",
    default: "00",
    compare: "cron",
    rule: "cronField",
  },
  hour: { kind: "string", doc: "Hours of the day, cron syntax.", default: "*", compare: "cron", rule: "cronField" },
  dom: { kind: "string", doc: "Days of the month, cron syntax.", default: "*", compare: "cron", rule: "cronField" },
  month: { kind: "string", doc: "Months, cron syntax.", default: "*", compare: "cron", rule: "cronField" },
  dow: {
    kind: "string",
    doc: "Days of the week, cron syntax; 1 is Monday, 7 is Sunday.",
    default: "*",
    compare: "cron",
    rule: "cronField",
  },
} as const satisfies Properties;

/** Cron fields with the part of the day in which the task may start. */
export const windowFields = {
  ...cronFields,
  begin: {
    kind: "string",
    doc: "Earliest time of day, `HH:MM`.",
    default: "00:00",
    compare: "clock",
    rule: "clockTime",
  },
  end: { kind: "string", doc: "Latest time of day, `HH:MM`.", default: "23:59", compare: "clock", rule: "clockTime" },
} as const satisfies Properties;
