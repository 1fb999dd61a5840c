import { expect, test } from "vitest";
import { nearest } from "../../../src/site/nearest.ts";

test.each([
  ["qouta", ["quota", "owner"], "quota"],
  ["ONLINE", ["online", "offline"], "online"],
  ["datsets", ["datasets", "zvols"], "datasets"],
  ["colour", ["name", "hosts"], undefined],
  ["x", [], undefined],
])("%s among %j means %s", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});
