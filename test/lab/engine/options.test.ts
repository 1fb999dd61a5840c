import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

const PLAIN = "urn:pulumi:test::things::probe:index:Thing::plain";

describe("options of a resource", () => {
  test("ignoreChanges keeps what was recorded, down to a path inside a property", async () => {
    const bench = new Workbench();
    const list = (size: number, speed: number) => [
      {
        name: "a",
        inputs: { size, disks: [{ speed, serial: size }] },
        options: { ignoreChanges: ["size", "disks[0].speed"] },
      },
    ];
    await bench.stack(list(1, 1)).up({ skipPreview: true });

    const preview = await bench.stack(list(2, 2)).preview();

    expect(preview.steps.find(({ op }) => op === "update")?.inputs).toEqual({
      size: 1,
      disks: [{ speed: 1, serial: 2 }],
    });
  });

  test("replaceOnChanges turns an update into a replacement", async () => {
    const bench = new Workbench();
    const list = (serial: number) => [
      { name: "a", inputs: { disks: [{ serial }] }, options: { replaceOnChanges: ["disks[*].serial"] } },
      { name: "b", inputs: { size: serial }, options: { replaceOnChanges: ["size"] } },
    ];
    await bench.stack(list(1)).up({ skipPreview: true });

    const preview = await bench.stack(list(2)).preview();

    // The probe compares whole properties, so a path inside one is not among its changes.
    expect(steps(preview).sort()).toEqual(["replace b", "update a"]);
  });

  test("a renamed, retyped or moved resource is found through its aliases, and its children with it", async () => {
    const bench = new Workbench();
    await bench
      .stack([
        { name: "old", is: "group" },
        { name: "old-child", parent: "old" },
        { name: "plain" },
        { name: "typed" },
        { name: "home", is: "group" },
      ])
      .up({ skipPreview: true });
    bench.changes();

    const after = bench.stack([
      { name: "new", is: "group", options: { aliases: [{ name: "old" }] } },
      { name: "new-child", parent: "new" },
      { name: "home", is: "group" },
      { name: "moved", parent: "home", options: { aliases: [PLAIN] } },
      { name: "typed", is: "twin", options: { aliases: [{ type: "probe:index:Thing" }] } },
    ]);
    const up = await after.up();

    expect(messages(up)).toEqual([]);
    expect(steps(up).sort()).toEqual(["same home", "same moved", "same new", "same new-child", "same typed"]);
    expect(bench.changes()).toEqual([]);
    const child = (await after.state()).resources?.find(({ urn }) => urn.endsWith("::new-child"));
    expect(child?.id).toBe("old-child-1");
    expect(child?.parent).toBe("urn:pulumi:test::things::probe:index:Group::new");
  });

  test("what is deleted with another resource is not deleted by itself", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "host" }, { name: "guest", deletedWith: "host" }]).up({ skipPreview: true });
    bench.changes();

    await bench.stack([]).up({ skipPreview: true });

    expect(bench.changes()).toEqual(["delete host-1"]);
  });

  test("children inherit the providers of their component; a provider of their own wins", async () => {
    const bench = new Workbench();
    const list = [
      { name: "east", is: "provider" as const, inputs: { label: "east" } },
      { name: "west", is: "provider" as const, inputs: { label: "west" } },
      { name: "site", is: "group" as const, providers: { probe: "east" } },
      { name: "rack", is: "group" as const, parent: "site" },
      { name: "inner", parent: "rack" },
      { name: "own", parent: "rack", provider: "west" },
      { name: "free" },
    ];

    const up = await bench.stack(list).up({ skipPreview: true });

    expect(messages(up)).toEqual([]);
    const labels = bench.world.calls().flatMap(({ call, name, label }) => (call === "create" ? [[name, label]] : []));
    expect(Object.fromEntries(labels)).toEqual({ inner: "east", own: "west", free: "" });
  });

  test("an object named by the import option is taken over, and changed to what the program says", async () => {
    const bench = new Workbench();
    bench.world.put("found", { size: 4 });
    const list = (size: number) => [{ name: "a", inputs: { size }, options: { import: "found" } }];

    const same = await bench.stack(list(4)).up({ skipPreview: true });

    expect(messages(same)).toEqual([]);
    expect(steps(same)).toEqual(["import a"]);
    expect(bench.changes()).toEqual([]);

    expect(steps(await bench.stack(list(4)).preview())).toEqual(["same a"]);
    const changed = await bench.stack(list(5)).up({ skipPreview: true });
    expect(steps(changed)).toEqual(["update a"]);
    expect(bench.changes()).toEqual(["update found"]);

    const missing = await bench.stack([{ name: "b", options: { import: "nowhere" } }]).preview();
    expect(messages(missing)).toEqual(['resource "nowhere" does not exist']);
  });

  test("a resource that is read is shown to the program, never changed and never deleted", async () => {
    const bench = new Workbench();
    bench.world.put("outside", { size: 9 });

    const up = await bench
      .stack([
        { name: "r", is: "read", id: "outside" },
        { name: "user", inputs: { uses: "$r.address" } },
      ])
      .up({ skipPreview: true });

    expect(messages(up)).toEqual([]);
    expect(steps(up)).toEqual(["read r", "create user"]);
    expect(bench.world.get("user-1")).toEqual({ size: 1, uses: "probe://outside" });

    bench.changes();
    await bench.stack([]).up({ skipPreview: true });
    expect(bench.changes()).toEqual(["delete user-1"]);
  });
});
