import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const task = (more: Values) =>
  problems("SnapshotTask", { dataset: "tank/a", namingSchema: "auto-%Y-%m-%d_%H-%M", ...more });

describe("tasks", () => {
  test.each([
    ["auto-%Y-%m-%d", 'namingSchema "auto-%Y-%m-%d" lacks %H, %M; a snapshot name must tell its minute'],
    ["%s-%Y", 'namingSchema "%s-%Y" has %Y beside %s; use %s alone or leave it out'],
    ["100%%-%s", 'namingSchema "100%%-%s" contains %%, which is not allowed; remove it'],
    ["%Y--%m%d%H%M%z", 'namingSchema "%Y--%m%d%H%M%z" has %z and --, which cannot be told apart; use one of them'],
    [
      "ä-%Y%m%d%H%M",
      'namingSchema "ä-%Y%m%d%H%M" has characters other than letters, digits, space and % _ . : -; remove them',
    ],
  ])("the naming schema %j", (namingSchema, reason) => {
    expect(task({ namingSchema })).toEqual([["namingSchema", reason]]);
  });

  test.each([
    [{ exclude: ["tank/a/b"] }, "exclude", "exclude needs recursive: true; without it nothing below is included"],
    [
      { recursive: true, exclude: ["tank/b"] },
      "exclude[0]",
      '"tank/b" is not below "tank/a"; name datasets below it only',
    ],
    [
      { schedule: { minute: "/5" } },
      "schedule.minute",
      'minute "/5" is no cron field; use *, a number, a range, a list, or a step after * or a range such as */5',
    ],
    [
      { schedule: { begin: "24:00" } },
      "schedule.begin",
      'begin "24:00" is no time of day; use HH:MM from 00:00 to 23:59',
    ],
    [
      { schedule: { seconds: "0" } },
      "schedule.seconds",
      'schedule has no property "seconds"; it has minute, hour, dom, month, dow, begin, end',
    ],
    [{ lifetimeValue: 0 }, "lifetimeValue", "lifetimeValue 0 is below the minimum of 1; raise it"],
  ])("%j", (more: Values, property, reason) => {
    expect(task(more)).toEqual([[property, reason]]);
  });
});
