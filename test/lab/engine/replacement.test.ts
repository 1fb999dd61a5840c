import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

describe("replacement", () => {
  test("makes the new object, moves its users over, and deletes the old one last", async () => {
    const bench = new Workbench();
    const list = (kind: string) => [
      { name: "a", inputs: { kind } },
      { name: "user", inputs: { uses: "$a.address" } },
    ];
    await bench.stack(list("old")).up({ skipPreview: true });
    bench.changes();

    const preview = await bench.stack(list("new")).preview();

    expect(steps(preview)).toEqual(["replace a", "update user"]);
    expect(preview.steps.find(({ op }) => op === "replace")?.diff).toEqual({ kind: { kind: "update-replace" } });

    const up = await bench.stack(list("new")).up({ skipPreview: true });

    expect(steps(up)).toEqual(["replace a", "update user"]);
    expect(bench.changes()).toEqual(["create a", "update user-1", "delete a-1"]);
    expect(bench.world.get("user-1")).toEqual({ size: 1, uses: "probe://a-2" });
  });

  test("deletes first when the provider or the program asks for it, and with it what cannot live without", async () => {
    const bench = new Workbench();
    const list = (slot: string) => [
      { name: "a", inputs: { slot } },
      { name: "replaced", inputs: { kind: "$a.address" } },
      { name: "updated", inputs: { uses: "$a.address" } },
    ];
    await bench.stack(list("one")).up({ skipPreview: true });
    bench.changes();

    const up = await bench.stack(list("two")).up({ skipPreview: true });

    expect(steps(up)).toEqual(["replace a", "replace replaced", "update updated"]);
    expect(bench.changes()).toEqual([
      "delete replaced-1",
      "delete a-1",
      "create a",
      "create replaced",
      "update updated-1",
    ]);

    const kind = (value: string) => [{ name: "b", inputs: { kind: value }, options: { deleteBeforeReplace: true } }];
    await bench.stack(kind("old")).up({ skipPreview: true });
    bench.changes();
    await bench.stack(kind("new")).up({ skipPreview: true });

    expect(bench.changes()).toEqual(["delete b-1", "create b"]);
  });

  test("a deletion that fails after a replacement is taken up by the next run", async () => {
    const bench = new Workbench();
    const list = (kind: string) => [{ name: "a", inputs: { kind, ...(kind === "old" ? { failDelete: "busy" } : {}) } }];
    await bench.stack(list("old")).up({ skipPreview: true });

    const failed = await bench.stack(list("new")).up({ skipPreview: true });

    expect(failed.ok).toBe(false);
    expect(messages(failed)).toEqual(["busy"]);
    const left = (await bench.stack([]).state()).resources?.filter(({ type }) => type === "probe:index:Thing");
    expect(left?.map(({ id, delete: condemned }) => [id, condemned ?? false])).toEqual([
      ["a-2", false],
      ["a-1", true],
    ]);

    bench.changes();
    const again = await bench.stack(list("new")).up({ skipPreview: true });
    expect(bench.changes()).toEqual(["delete a-1"]);
    expect(again.ok).toBe(false);
  });

  test("a provider that only names keys, or only says that something changed, still yields a diff by path", async () => {
    const bench = new Workbench();
    const list = (answer: string, deep: number, kind: string) => [
      { name: "a", inputs: { answer, kind, deep: { list: [1, deep], other: true } } },
    ];
    await bench.stack(list("keys", 2, "old")).up({ skipPreview: true });
    const named = await bench.stack(list("keys", 3, "new")).preview();
    expect(named.steps.find(({ op }) => op === "replace")?.diff).toEqual({
      kind: { kind: "update-replace" },
      "deep.list[1]": { kind: "update" },
    });

    await bench.stack(list("changes", 2, "old")).up({ skipPreview: true });
    const changed = await bench.stack(list("changes", 3, "old")).preview();
    expect(changed.steps.find(({ op }) => op === "update")?.diff).toEqual({ "deep.list[1]": { kind: "update" } });

    await bench.stack(list("unknown", 2, "old")).up({ skipPreview: true });
    expect(steps(await bench.stack(list("unknown", 2, "old")).preview())).toEqual(["same a"]);
    const unknown = await bench.stack(list("unknown", 3, "old")).preview();
    expect(unknown.steps.find(({ op }) => op === "update")?.diff).toEqual({ "deep.list[1]": { kind: "update" } });
  });
});
