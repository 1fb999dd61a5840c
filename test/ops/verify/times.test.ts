import { describe, expect, test } from "vitest";
import { formatSeconds, judgeAge } from "../../../ops/verify/ages.ts";
import { SnapshotTimes } from "../../../ops/verify/snapshot-times.ts";

const SCHEMA = "daily-%Y-%m-%d_%H-%M";

describe("the name of a snapshot", () => {
  test.each([
    [SCHEMA, "UTC", "daily-2026-03-01_06-30", "2026-03-01T06:30:00Z"],
    [SCHEMA, "Europe/Berlin", "daily-2026-03-01_06-30", "2026-03-01T05:30:00Z"],
    [SCHEMA, "Europe/Berlin", "daily-2026-03-29_01-59", "2026-03-29T00:59:00Z"],
    [SCHEMA, "Europe/Berlin", "daily-2026-03-29_03-00", "2026-03-29T01:00:00Z"],
    [SCHEMA, "America/New_York", "daily-2026-07-01_00-30", "2026-07-01T04:30:00Z"],
    ["x.%Y%m%d%H%M%S%z", "Europe/Berlin", "x.20260301063005-0530", "2026-03-01T12:00:05Z"],
    ["at-%s", "Europe/Berlin", "at-1772346600", "2026-03-01T06:30:00Z"],
  ])("of schema %s in %s says when %s was taken", (schema, zone, name, time) => {
    expect(new SnapshotTimes(schema, zone).of(name)).toBe(Date.parse(time));
  });

  test.each(["hourly-2026-03-01_06-30", "daily-2026-03-01_06-30-clone", "xdaily-2026-03-01_06-30"])(
    "of another schema says nothing: %s",
    (name) => {
      expect(new SnapshotTimes(SCHEMA, "UTC").of(name)).toBeUndefined();
    },
  );

  test("is the youngest by its time, not by its place", () => {
    const names = ["daily-2026-03-02_00-00", "other", "daily-2026-03-03_00-00", "daily-2026-03-01_00-00"];

    expect(new SnapshotTimes(SCHEMA, "UTC").youngest(names)).toBe(Date.parse("2026-03-03T00:00:00Z"));
    expect(new SnapshotTimes(SCHEMA, "UTC").youngest(["other"])).toBeUndefined();
  });
});

describe("an age", () => {
  test.each([
    [0, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [7_800, "2 h 10 min"],
    [90_000, "1 d 1 h"],
    [864_000, "10 d"],
  ])("of %s seconds reads %s", (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  test.each([
    [{ youngest: 1000 }, "passed", "copy of 1 min 40 s ago"],
    [{ youngest: 999 }, "failed", "copy of 1 min 40 s ago"],
    [{ youngest: 200_000 }, "passed", "copy of 0 s ago"],
    [{ since: 1000 }, "passed", "no copy yet, none was due"],
    [{ since: 999 }, "failed", "no copy"],
    [{}, "failed", "no copy"],
  ])("%j is judged %s: %s", (times, status, found) => {
    const about = { appliance: "nas", subject: "it", what: "copy", remedy: "look", metric: "copy" };

    expect(judgeAge({ ...about, now: 101_000, allowed: 100_000, ...times })).toMatchObject({ status, found });
  });
});
