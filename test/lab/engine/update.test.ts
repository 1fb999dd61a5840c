import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

describe("preview and up", () => {
  test("a preview shows what up then does, and changes nothing", async () => {
    const bench = new Workbench();
    const stack = bench.stack([
      { name: "a", inputs: { size: 2 } },
      { name: "b", inputs: { uses: "$a.address" } },
    ]);

    const preview = await stack.preview();

    expect(messages(preview)).toEqual([]);
    expect(preview.ok).toBe(true);
    expect(steps(preview)).toEqual(["create a", "create b"]);
    expect(preview.outputs["addresses"]).toEqual({ a: "[unknown]", b: "[unknown]" });
    expect(bench.changes()).toEqual([]);
    expect((await stack.state()).resources).toEqual([]);

    const up = await stack.up();

    expect(steps(up)).toEqual(["create a", "create b"]);
    expect(up.outputs["addresses"]).toEqual({ a: "probe://a-1", b: "probe://b-1" });
    expect(bench.changes()).toEqual(["create a", "create b"]);
    expect(bench.world.get("b-1")).toEqual({ size: 1, uses: "probe://a-1" });

    const again = await stack.preview();

    expect(steps(again)).toEqual(["same a", "same b"]);
  });

  test("a changed input is an update with its path, a removed resource is deleted after its dependents", async () => {
    const bench = new Workbench();
    const before = [
      { name: "base" },
      { name: "user", inputs: { uses: "$base.address" } },
      { name: "kept", inputs: { size: 1 } },
    ];
    await bench.stack(before).up();
    bench.changes();

    const run = await bench.stack([{ name: "kept", inputs: { size: 5 } }]).up();

    expect(steps(run)).toEqual(["update kept", "delete user", "delete base"]);
    expect(run.steps.find(({ op }) => op === "update")?.diff).toEqual({ size: { kind: "update" } });
    expect(bench.changes()).toEqual(["update kept-1", "delete user-1", "delete base-1"]);
    expect(bench.world.ids()).toEqual(["kept-1"]);
  });
});
