import { describe, expect, test } from "vitest";
import { brokenBounds } from "./bounds.ts";
import type { Cost, Costs, Operation } from "./cost.ts";
import { type Case, measureSome } from "./managed.ts";
import { measureNaive } from "./naive.ts";

/** Creation depends on the parallelism, so every kind of it is tried; the rest once. */
const CASES: readonly (Pick<Case, "datasets" | "parallel"> & { readonly operations: readonly Operation[] })[] = [
  { datasets: 1000, parallel: "unbounded", operations: ["create", "no-op", "refresh"] },
  { datasets: 1000, parallel: 64, operations: ["create"] },
  { datasets: 100, parallel: 8, operations: ["create", "one change"] },
];

/** Longer than a busy machine needs, in milliseconds; nothing is judged by it. */
const TIMEOUT = 600_000;

const nothing: Cost = { sshConnections: 0, midcltProcesses: 0, middlewareCalls: 0, seconds: 1 };
const free: Costs = { create: nothing, "no-op": nothing, refresh: nothing, "one change": nothing };
const processes = (midcltProcesses: number): Cost => ({ ...nothing, midcltProcesses });

describe("what datasets cost on the appliance", () => {
  test.each(CASES)(
    "$datasets datasets at parallelism $parallel: $operations",
    { timeout: TIMEOUT },
    async ({ operations, ...load }) => {
      const costs = await measureSome({ ...load, delayMs: 0, engine: "lab" }, operations);

      expect(brokenBounds(load, costs)).toEqual([]);
      const expected = {
        create: { connections: 1, calls: load.datasets + 2 },
        "no-op": { connections: 0, calls: 0 },
        refresh: { connections: 1, calls: 2 },
        "one change": { connections: 1, calls: 2 },
      };
      expect(counts(costs)).toEqual(
        Object.fromEntries(operations.map((operation) => [operation, expected[operation]])),
      );
    },
  );

  test("the naive way takes a connection and a process for every dataset and operation", async () => {
    const costs = await measureNaive(3, 0);

    const each = (count: number) => ({ sshConnections: count, midcltProcesses: count, middlewareCalls: count });
    expect(costs).toEqual({
      create: { ...each(3), seconds: expect.any(Number) },
      "no-op": { ...each(0), seconds: expect.any(Number) },
      refresh: { ...each(3), seconds: expect.any(Number) },
      "one change": { ...each(1), seconds: expect.any(Number) },
    });
  });
});

function counts(costs: Costs): object {
  return Object.fromEntries(
    Object.entries(costs).map(([operation, { sshConnections, middlewareCalls }]) => [
      operation,
      { connections: sshConnections, calls: middlewareCalls },
    ]),
  );
}

describe("a bound that is broken is named with what was seen and what is allowed", () => {
  test.each<[number, Case["parallel"], Partial<Costs>, string[]]>([
    [1000, "unbounded", { create: processes(40), refresh: processes(3) }, []],
    [
      1000,
      "unbounded",
      { create: processes(41) },
      ["create of 1000 datasets, unbounded: 41 midclt processes, at most 40 are allowed"],
    ],
    [1000, 64, { create: processes(36) }, []],
    [
      1000,
      64,
      { create: processes(37) },
      ["create of 1000 datasets, parallelism 64: 37 midclt processes, at most 36 are allowed"],
    ],
    [
      100,
      8,
      { create: processes(31) },
      ["create of 100 datasets, parallelism 8: 31 midclt processes, at most 30 are allowed"],
    ],
    [100, 64, { create: processes(31) }, []],
    [
      10,
      8,
      { "no-op": { ...nothing, sshConnections: 1 }, refresh: processes(4) },
      [
        "no-op of 10 datasets, parallelism 8: 1 SSH connections, at most 0 are allowed",
        "refresh of 10 datasets, parallelism 8: 4 midclt processes, at most 3 are allowed",
      ],
    ],
  ])("%i datasets at %s", (datasets, parallel, changed, sentences) => {
    expect(brokenBounds({ datasets, parallel }, { ...free, ...changed })).toEqual(sentences);
  });
});
