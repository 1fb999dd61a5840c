import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

const PREFIX = "urn:pulumi:test::things";
const THING = "probe:index:Thing";

describe("import", () => {
  test("an object is read into the state, protected, and the program that describes it changes nothing", async () => {
    const bench = new Workbench();
    const frame = [
      { name: "east", is: "provider" as const, inputs: { label: "east" } },
      { name: "site", is: "group" as const },
    ];
    await bench.stack(frame).up({ skipPreview: true });
    bench.world.put("found", { size: 4 });

    const run = await bench.stack(frame).import({
      type: THING,
      name: "a",
      id: "found",
      provider: { name: "east", urn: `${PREFIX}::pulumi:providers:probe::east` },
      parent: { name: "site", urn: `${PREFIX}::probe:index:Group::site` },
    });

    expect(messages(run)).toEqual([]);
    expect(steps(run)).toEqual(["import a"]);
    const stored = (await bench.stack([]).state()).resources?.at(-1);
    expect(stored).toMatchObject({
      urn: `${PREFIX}::probe:index:Group$${THING}::a`,
      id: "found",
      protect: true,
      parent: `${PREFIX}::probe:index:Group::site`,
      inputs: { size: 4 },
    });
    expect(stored).not.toHaveProperty("importID");
    expect(stored?.provider).toContain("::east::");

    const described = [...frame, { name: "a", parent: "site", provider: "east", inputs: { size: 4 } }];
    expect(steps(await bench.stack(described).preview())).toEqual(["same site", "same a"]);
  });

  test("without a provider the package's default one is used, also in an empty stack", async () => {
    const bench = new Workbench();
    bench.world.put("found", { size: 4 });

    const run = await bench.stack([]).import({ type: THING, name: "a", id: "found", protect: false });

    expect(messages(run)).toEqual([]);
    const state = await bench.stack([]).state();
    expect(state.resources?.map(({ type, protect }) => [type, protect])).toEqual([
      ["pulumi:pulumi:Stack", undefined],
      ["pulumi:providers:probe", undefined],
      [THING, undefined],
    ]);
    expect(steps(await bench.stack([{ name: "a", inputs: { size: 4 } }]).preview())).toEqual(["same a"]);
  });

  test("several come in at once, below each other, until one is not there", async () => {
    const bench = new Workbench();
    for (const id of ["one", "two", "four"]) bench.world.put(id, { size: 4 });
    const parent = { name: "parent", urn: `${PREFIX}::${THING}::a` };

    const run = await bench
      .stack([])
      .import(
        { type: THING, name: "a", id: "one" },
        { type: THING, name: "b", id: "two", parent },
        { type: THING, name: "c", id: "three" },
        { type: THING, name: "d", id: "four" },
      );

    expect(messages(run)).toEqual(['resource "three" does not exist']);
    const state = await bench.stack([]).state();
    expect(state.resources?.map(({ urn }) => urn.split("::").slice(2).join(" "))).toEqual([
      "pulumi:pulumi:Stack things-test",
      "pulumi:providers:probe default",
      "probe:index:Thing a",
      "probe:index:Thing$probe:index:Thing b",
    ]);
  });

  test("refuses what cannot be: an object that is not there, a strange provider or parent, a name that is taken", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "a" }]).up({ skipPreview: true });
    const before = await bench.stack([]).state();
    const attempt = async (change: object) =>
      messages(await bench.stack([]).import({ type: THING, name: "new", id: "nowhere", ...change }));
    const strange = { name: "x", urn: `${PREFIX}::pulumi:providers:probe::x` };

    expect(await attempt({})).toEqual(['resource "nowhere" does not exist']);
    expect(await attempt({ provider: strange })).toEqual([
      `provider x=${strange.urn} is not in the state; run up first, so that the provider exists`,
    ]);
    expect(await attempt({ provider: strange, parent: strange })).toEqual([
      "provider and parent must have distinct names, both were 'x'",
    ]);
    expect(await attempt({ parent: strange })).toEqual([
      `parent x=${strange.urn} is not in the state; run up first, or give the URN of a resource that exists`,
    ]);
    expect(await attempt({ provider: { name: "a", urn: `${PREFIX}::${THING}::a` } })).toEqual([
      `a=${PREFIX}::${THING}::a is no provider of package "probe", which ${THING} needs`,
    ]);
    expect(await attempt({ name: "a" })).toEqual([
      `${PREFIX}::${THING}::a is already in the state with id "a-1"; it cannot be imported as "nowhere"`,
    ]);
    expect(await attempt({ name: "a", id: "a-1" })).toEqual([]);
    expect((await bench.stack([]).state()).resources).toEqual(before.resources);
  });
});
