import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";

async function ids(filters: unknown[], options: object = {}): Promise<unknown> {
  const nas = await anAppliance();
  for (const name of ["a", "B", "c.d"]) await nas.call("pool.dataset.create", { name: `tank/${name}` });
  const rows = (await nas.call("pool.dataset.query", filters, options)) as { id: string }[];
  return Array.isArray(rows) ? rows.map(({ id }) => id) : rows;
}

describe("filters", () => {
  test.each([
    [[["id", "=", "tank/a"]], ["tank/a"]],
    [[["id", "!=", "tank"]], ["tank/B", "tank/a", "tank/c.d"]],
    [[["id", "in", ["tank", "tank/a", "x"]]], ["tank", "tank/a"]],
    [[["id", "nin", ["tank", "tank/a"]]], ["tank/B", "tank/c.d"]],
    [[["id", "^", "tank/"]], ["tank/B", "tank/a", "tank/c.d"]],
    [[["id", "!^", "tank/"]], ["tank"]],
    [[["id", "$", "a"]], ["tank/a"]],
    [[["id", "~", "tank/[aB]$"]], ["tank/B", "tank/a"]],
    [[["id", "C=", "TANK/b"]], ["tank/B"]],
    [[["id", "C^", "TANK/B"]], ["tank/B"]],
    [[["id", "rin", "c."]], ["tank/c.d"]],
    [[["atime.source", "=", "LOCAL"]], ["tank"]],
    [[["used.parsed", ">", 98304]], ["tank"]],
    [[["no.such.field", "!=", 1]], []],
    [
      [
        ["id", "^", "tank/"],
        ["id", "!=", "tank/a"],
      ],
      ["tank/B", "tank/c.d"],
    ],
    [
      [
        [
          "OR",
          [
            ["id", "=", "tank"],
            [
              ["id", "^", "tank/"],
              ["id", "$", "a"],
            ],
          ],
        ],
      ],
      ["tank", "tank/a"],
    ],
  ])("%j", async (filters, expected) => {
    expect(await ids(filters)).toEqual(expected);
  });

  test("an unknown operator and too deep a nesting are refused", async () => {
    const nas = await anAppliance();
    const deep = ["OR", [["OR", [["OR", [["OR", [["id", "=", "x"]]]]]]]]];

    expect(await refusal(nas, "pool.query", [["id", "like", "x"]])).toBe("[EINVAL] filters: Invalid operation: like\n");
    expect(await refusal(nas, "pool.query", [deep])).toBe(
      "[EINVAL] filters: query-filters max recursion depth exceeded\n",
    );
  });
});

describe("options", () => {
  test("order, offset and limit cut a page", async () => {
    expect(await ids([], { order_by: ["-id"], offset: 1, limit: 2 })).toEqual(["tank/a", "tank/B"]);
  });

  test("nulls go where they are told to", async () => {
    const nas = await anAppliance();
    const gib = 1024 ** 3;
    for (const [name, quota] of [
      ["a", 2 * gib],
      ["b", 0],
      ["c", gib],
    ] as const)
      await nas.call("pool.dataset.create", { name: `tank/${name}`, quota });
    const ordered = async (term: string) =>
      nas.call("pool.dataset.query", [["id", "^", "tank/"]], { order_by: [term], select: ["id"] });

    expect(await ordered("nulls_first:quota.parsed")).toEqual([{ id: "tank/b" }, { id: "tank/c" }, { id: "tank/a" }]);
    expect(await ordered("nulls_last:-quota.parsed")).toEqual([{ id: "tank/a" }, { id: "tank/c" }, { id: "tank/b" }]);
  });

  test("count gives a number, get one object, select some fields, also renamed", async () => {
    const nas = await anAppliance();

    expect(await nas.call("pool.query", [], { count: true })).toBe(1);
    expect(
      await nas.call("pool.query", [["name", "=", "tank"]], {
        get: true,
        select: ["name", "autotrim.value", ["id", "row"]],
      }),
    ).toEqual({
      name: "tank",
      autotrim: { value: "off" },
      row: 1,
    });
  });

  test("unknown options, negative limits and get with a page are refused", async () => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.query", [], { prefix: "vol_" })).toBe(
      "[EINVAL] options.prefix: Extra inputs are not permitted\n",
    );
    expect(await refusal(nas, "pool.query", [], { limit: -1 })).toBe(
      "[EINVAL] options.limit: Input should be greater than or equal to 0\n",
    );
    expect(await refusal(nas, "pool.query", [], { get: true, limit: 5 })).toBe(
      "[EINVAL] options: Invalid options combination. `get` implies a single result.\n",
    );
    expect(await refusal(nas, "pool.query", "x")).toBe("[EINVAL] filters: Input should be a valid list\n");
  });
});
