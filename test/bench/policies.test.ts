import { expect, test } from "vitest";
import { complaints } from "./policies.ts";
import { analysisSeconds } from "./policies-analysis.ts";

const line = (resources: number, perResource: number) => ({ resources, without: 1, with: 1, perResource });

test("the pack may cost half as much again for a resource among many, and no more", () => {
  expect(complaints([line(200, 1), line(2000, 1.5)])).toEqual([]);
  expect(complaints([line(200, 1), line(2000, 1.6)])).toEqual([
    "policies: 1.6 ms for each of 2000 resources and 1.0 ms for each of 200; it may grow by half",
  ]);
});

test("an analysis takes time, and ends", async () => {
  expect(await analysisSeconds(20)).toBeGreaterThan(0);
});
