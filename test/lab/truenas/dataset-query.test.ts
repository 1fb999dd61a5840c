import { describe, expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { create } from "./support/datasets.ts";

interface Nested {
  readonly id: string;
  readonly children: readonly Nested[];
}

describe("querying", () => {
  test("nests children unless told not to", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a/b", { create_ancestors: true });

    const nested = (await nas.call("pool.dataset.query", [], {
      extra: { flat: false, properties: [] },
    })) as Nested[];
    const flat = (await nas.call("pool.dataset.query", [], { extra: { retrieve_children: false } })) as {
      id: string;
      children: unknown[];
    }[];

    const shape = ({ id, children }: Nested): unknown => [id, children.map(shape)];
    expect(nested.map(shape)).toEqual([["tank", [["tank/a", [["tank/a/b", []]]]]]]);
    expect(flat.map(({ id, children }) => [id, children])).toEqual([
      ["tank", []],
      ["tank/a", []],
      ["tank/a/b", []],
    ]);
  });

  test("fetches only the properties that were asked for", async () => {
    const nas = await anAppliance();

    const [entry] = (await nas.call("pool.dataset.query", [], {
      extra: { properties: ["quota"], retrieve_user_props: false },
    })) as [object];

    expect(Object.keys(entry).sort()).toEqual(
      [
        "children",
        "encrypted",
        "encryption_root",
        "id",
        "key_loaded",
        "locked",
        "mountpoint",
        "name",
        "pool",
        "quota",
        "type",
      ].sort(),
    );
  });
});
