import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

const PROTECTED = { protect: true };
const URN = "urn:pulumi:test::things::probe:index:Thing::a";
const NO_DELETE = `resource "${URN}" cannot be deleted because it is protected; remove "protect" from the resource in the program and run up, or run: pulumi state unprotect '${URN}'`;
const NO_REPLACE = `resource "${URN}" cannot be replaced because it is protected, and replacing it means deleting it; remove "protect" from the resource in the program and run up`;

describe("protect", () => {
  test("a protected resource that leaves the program fails the preview, and up then does nothing at all", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "a", options: PROTECTED }]).up({ skipPreview: true });
    bench.changes();
    const stack = bench.stack([{ name: "new" }]);

    const preview = await stack.preview();

    expect(preview.ok).toBe(false);
    expect(preview.diagnostics).toEqual([{ source: "engine", severity: "error", urn: URN, message: NO_DELETE }]);
    expect(steps(preview)).toEqual(["create new"]);

    const up = await stack.up();

    expect(up).toMatchObject({ ok: false, steps: [], stoppedAtPreview: true });
    expect(messages(up)).toEqual([NO_DELETE]);
    expect(bench.changes()).toEqual([]);
  });

  test("without a preview, the protected resource itself stays untouched and every one of them is named", async () => {
    const bench = new Workbench();
    await bench
      .stack([{ name: "a", options: PROTECTED }, { name: "b", options: PROTECTED }, { name: "c" }])
      .up({ skipPreview: true });
    bench.changes();

    const up = await bench.stack([]).up({ skipPreview: true });

    expect(messages(up).sort()).toEqual([NO_DELETE, NO_DELETE.replaceAll("Thing::a", "Thing::b")]);
    expect(bench.changes()).toEqual(["delete c-1"]);
    expect(bench.world.ids()).toEqual(["a-1", "b-1"]);
  });

  test("a protected resource is not replaced, and not deleted ahead of another's replacement", async () => {
    const bench = new Workbench();
    const list = (slot: string, kind: string) => [
      { name: "b", inputs: { slot } },
      { name: "a", inputs: { uses: "$b.address", kind }, options: PROTECTED },
    ];
    await bench.stack(list("one", "old")).up({ skipPreview: true });
    bench.changes();

    const preview = await bench.stack(list("one", "new")).preview();
    const up = await bench.stack(list("one", "new")).up({ skipPreview: true });

    expect(messages(preview)).toEqual([NO_REPLACE]);
    expect(steps(preview)).toEqual(["same b", "replace a"]);
    expect(messages(up)).toEqual([NO_REPLACE]);
    expect(bench.changes()).toEqual([]);

    const dependent = (slot: string) => [
      { name: "b", inputs: { slot } },
      { name: "a", inputs: { kind: "$b.address" }, options: PROTECTED },
    ];
    const other = new Workbench();
    await other.stack(dependent("one")).up({ skipPreview: true });
    other.changes();
    const refused = await other.stack(dependent("two")).up({ skipPreview: true });
    expect(messages(refused)).toEqual([
      `resource "${URN}" would have to be deleted as part of replacing "${URN.replace("Thing::a", "Thing::b")}", but it is protected; remove "protect" from it in the program and run up, or run: pulumi state unprotect '${URN}'`,
    ]);
    expect(other.changes()).toEqual([]);
  });

  test("protection lifted in the program counts from the next run on, and destroy honours it", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "a", options: PROTECTED }]).up({ skipPreview: true });

    const refused = await bench.stack([]).destroy();
    expect(refused).toMatchObject({ ok: false, stoppedAtPreview: true });

    await bench.stack([{ name: "a" }]).up({ skipPreview: true });
    bench.changes();
    const destroyed = await bench.stack([]).destroy();

    expect(messages(destroyed)).toEqual([]);
    expect(bench.changes()).toEqual(["delete a-1"]);
    expect((await bench.stack([]).state()).resources).toEqual([]);
  });

  test("a retained resource leaves the state while its object stays", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "a", options: { retainOnDelete: true } }]).up({ skipPreview: true });
    bench.changes();

    const up = await bench.stack([]).up();

    expect(steps(up)).toEqual(["delete a"]);
    expect(bench.changes()).toEqual([]);
    expect(bench.world.ids()).toEqual(["a-1"]);
  });
});
