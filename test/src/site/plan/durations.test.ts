import { expect, test } from "vitest";
import { formatDuration } from "../../../../src/site/index.ts";

test.each([
  [0, "0 s"],
  [0.4, "0 s"],
  [45, "45 s"],
  [60, "1 min"],
  [89, "1 min 29 s"],
  [3600, "1 h"],
  [3599.7, "1 h"],
  [3671, "1 h 1 min"],
  [86_399, "1 d"],
  [86_400 + 1800, "1 d 1 h"],
  [86_400 * 31 + 60, "31 d"],
])("%d seconds are told as %s", (seconds, told) => {
  expect(formatDuration(seconds)).toBe(told);
});
