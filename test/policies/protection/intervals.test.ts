import { describe, expect, test } from "vitest";
import { inWords, longestGap, longestGapOf, secondsIn } from "../../../policies/protection/intervals.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("the longest time between two runs", () => {
  test.each([
    ["0 * * * *", HOUR],
    ["*/15 * * * *", 900],
    ["0 */4 * * *", 4 * HOUR],
    ["30 0 * * *", DAY],
    ["0 9-17 * * 1-5", 64 * HOUR],
    ["0 2 * * 7", 7 * DAY],
    ["0 0 1 * *", 31 * DAY],
    ["nonsense", Number.POSITIVE_INFINITY],
  ])("of %s", (expression, seconds) => {
    expect(longestGapOf(expression)).toBe(seconds);
  });

  test("of a TrueNAS schedule, where a field left out means every value", () => {
    expect(longestGap({ minute: "0", hour: "2" })).toBe(DAY);
    expect(longestGap({})).toBe(HOUR);
  });
});

test.each([
  ["6 hours", 6 * HOUR],
  ["1 day", DAY],
  ["90 minutes", 5400],
  ["3600", HOUR],
  ["2h", undefined],
  ["often", undefined],
  [undefined, undefined],
])("reads %s as a time", (text, seconds) => {
  expect(secondsIn(text)).toBe(seconds);
});

test.each([
  [HOUR, "1 hour"],
  [5400, "1.5 hours"],
  [14 * HOUR, "14 hours"],
  [DAY, "1 day"],
  [64 * HOUR, "2.7 days"],
])("says %d seconds in words", (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});
