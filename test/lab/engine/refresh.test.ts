import { describe, expect, test } from "vitest";
import { messages, nameOf, steps, Workbench } from "./support/workbench.ts";

describe("refresh", () => {
  test("finds what the world changed, and only that; the next up repairs it", async () => {
    const bench = new Workbench();
    const stack = bench.stack([{ name: "a", inputs: { size: 2 } }, { name: "b" }]);
    await stack.up({ skipPreview: true });
    bench.world.put("a-1", { size: 9, extra: true });

    const run = await stack.refresh();

    expect(messages(run)).toEqual([]);
    const found = run.steps.map(({ op, urn, diff }) => [op, nameOf(urn), diff]).sort();
    expect(found).toEqual([
      ["refresh", "a", { size: { kind: "update" }, extra: { kind: "add" } }],
      ["refresh", "b", undefined],
    ]);
    const stored = (await stack.state()).resources?.find(({ id }) => id === "a-1");
    expect(stored?.inputs).toEqual({ size: 9, extra: true });

    bench.changes();
    const up = await stack.up({ skipPreview: true });

    expect(steps(up).sort()).toEqual(["same b", "update a"]);
    expect(bench.world.get("a-1")).toEqual({ size: 2 });
  });

  test("an object that is gone leaves the state, and what mentioned it stays valid", async () => {
    const bench = new Workbench();
    const list = [{ name: "base" }, { name: "user", inputs: { uses: "$base.address" } }];
    const stack = bench.stack(list);
    await stack.up({ skipPreview: true });
    bench.world.remove("base-1");

    const run = await stack.refresh();

    expect(steps(run).sort()).toEqual(["delete base", "refresh user"]);
    const state = await stack.state();
    expect(state.resources?.map(({ urn }) => nameOf(urn))).toEqual(["things-test", "default", "user"]);
    expect(state.resources?.at(-1)).not.toHaveProperty("dependencies");

    bench.changes();
    await stack.up({ skipPreview: true });
    expect(bench.changes()).toEqual(["create base", "update user-1"]);
  });

  test("a preview that refreshes first shows the repair and writes nothing", async () => {
    const bench = new Workbench();
    const stack = bench.stack([{ name: "a", inputs: { size: 2 } }]);
    await stack.up({ skipPreview: true });
    bench.world.put("a-1", { size: 9 });

    const preview = await stack.preview({ refresh: true });

    expect(steps(preview)).toEqual(["refresh a", "update a"]);
    const stored = (await stack.state()).resources?.find(({ id }) => id === "a-1");
    expect(stored?.inputs).toEqual({ size: 2 });

    bench.changes();
    const up = await stack.up({ refresh: true });
    expect(steps(up)).toEqual(["refresh a", "update a"]);
    expect(bench.changes()).toEqual(["update a-1"]);
  });

  test("a read that fails is reported and leaves its resource as it was", async () => {
    const bench = new Workbench();
    const stack = bench.stack([{ name: "a" }, { name: "b" }]);
    await stack.up({ skipPreview: true });
    bench.world.put("a-1", { failRead: "host is down" });
    bench.world.put("b-1", { size: 3 });

    const run = await stack.refresh();

    expect(run.ok).toBe(false);
    expect(messages(run)).toEqual(["host is down"]);
    expect(steps(run)).toEqual(["refresh b"]);
    const sizes = (await stack.state()).resources?.flatMap(({ id, inputs }) => (id?.endsWith("-1") ? [inputs] : []));
    expect(sizes).toEqual([{ size: 1 }, { size: 3 }]);
  });
});
