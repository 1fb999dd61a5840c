import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const pool = (topology: Values, olds?: Values) => problems("Pool", { name: "tank", topology }, olds);

describe("pools", () => {
  const raid = { data: [{ type: "RAIDZ1", disks: ["A", "B", "C"] }] };

  test.each([
    [
      { data: [{ type: "RAIDZ2", disks: ["A", "B", "C"] }] },
      "topology.data",
      "RAIDZ2 needs at least 4 disks and has 3; add disks or choose another type",
    ],
    [{ ...raid, spares: { disks: ["A"] } }, "topology", "disk A is named twice; a disk belongs to one vdev"],
    [{ data: [] }, "topology.data", "data is empty; give at least 1"],
  ])("%j", (topology, property, reason) => {
    expect(pool(topology)).toEqual([[property, reason]]);
  });

  test("a name that ZFS keeps for itself", () => {
    expect(problems("Pool", { name: "mirror1", topology: raid })).toEqual([
      [
        "name",
        'name "mirror1" is no pool name; begin with a letter, use letters, digits and _ . : -, and none of ZFS\'s own words such as mirror or raidz',
      ],
    ]);
  });

  test("another topology than the pool has", () => {
    const olds = { name: "tank", topology: raid };

    expect(pool({ data: [{ type: "RAIDZ1", disks: ["A", "B", "D"] }] }, olds)).toEqual([
      [
        "topology",
        'topology differs from pool "tank" as it is; changing the disks of a pool is not supported: ' +
          "change them by hand in TrueNAS, run refresh, and state the new topology",
      ],
    ]);
  });

  test("the same topology in another order, with sizes, is the same", () => {
    const olds = { name: "tank", topology: raid };

    expect(pool({ data: [{ type: "RAIDZ1", disks: ["C", "A", "B"], diskSize: 5 }] }, olds)).toEqual([]);
  });
});
