import { describe, expect, test } from "vitest";
import { formatSchedule, gapsInHours } from "../../../src/site/schedules.ts";

function scheduleOf(text: string) {
  const [minute = "", hour = "", dom = "", month = "", dow = ""] = text.split(" ");
  return { minute, hour, dom, month, dow };
}

describe("the gaps between runs", () => {
  test.each([
    ["0 * * * *", 1, 1],
    ["20 */4 * * *", 4, 4],
    ["0 */5 * * *", 4, 5],
    ["0 2 * * 7", 168, 168],
    ["0 2 * * 1,4", 72, 96],
    ["30 0 1 * *", 28 * 24, 31 * 24],
    ["0 8-18 * * *", 1, 14],
    ["0,30 8-10/2 * * *", 0.5, 21.5],
    ["0 3 1 1 *", 365 * 24, 366 * 24],
  ])("of %s are %d to %d hours", (text, shortest, longest) => {
    expect(gapsInHours(scheduleOf(text))).toEqual({ shortest, longest });
  });
});

test("a schedule is shown as it is written", () => {
  expect(formatSchedule(scheduleOf("00 2 * * 7"))).toBe("00 2 * * 7");
});
