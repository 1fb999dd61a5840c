import { describe, expect, test } from "vitest";
import { messages, nameOf, steps, Workbench } from "./support/workbench.ts";

describe("failures", () => {
  test("everything that Check refuses is reported with its property and the value seen", async () => {
    const bench = new Workbench();

    const preview = await bench
      .stack([
        {
          name: "a",
          inputs: { size: 7, invalid: { size: "must be even", "label.text": "is missing", _: "does not fit" } },
        },
      ])
      .preview();

    expect(preview.ok).toBe(false);
    const errors = preview.diagnostics.filter(({ severity }) => severity === "error");
    expect(new Set(errors.map(({ source, urn }) => `${source} ${nameOf(urn ?? "")}`))).toEqual(new Set(["provider a"]));
    expect(new Map(errors.map(({ property, message }) => [property, message]))).toEqual(
      new Map([
        ["size", "probe:index:Thing is invalid: size: must be even (value: 7)"],
        ["label.text", "probe:index:Thing is invalid: label.text: is missing"],
        [undefined, "probe:index:Thing is invalid: does not fit"],
      ]),
    );
  });

  test("after a failed create nothing new begins, what was done is kept, and the next run goes on", async () => {
    const bench = new Workbench();
    const list = (message?: string) => [
      { name: "first" },
      { name: "broken", inputs: message === undefined ? {} : { failCreate: message }, dependsOn: ["first"] },
      { name: "after", dependsOn: ["broken"] },
    ];

    const failed = await bench.stack(list("the shelf is full")).up({ skipPreview: true });

    expect(failed.ok).toBe(false);
    expect(failed.diagnostics).toEqual([
      {
        source: "provider",
        severity: "error",
        urn: "urn:pulumi:test::things::probe:index:Thing::broken",
        message: "the shelf is full",
      },
    ]);
    expect(steps(failed)).toEqual(["create first"]);
    const state = await bench.stack([]).state();
    expect(state.pending_operations).toBeUndefined();
    expect(state.resources?.map(({ urn }) => nameOf(urn))).toEqual(["things-test", "default", "first"]);

    bench.changes();
    const again = await bench.stack(list()).up({ skipPreview: true });

    expect(steps(again)).toEqual(["same first", "create broken", "create after"]);
    expect(bench.changes()).toEqual(["create broken", "create after"]);
  });

  test("work that has begun finishes when something beside it fails", async () => {
    const bench = new Workbench();
    const slow = { name: "slow", inputs: { gate: "slow" } };
    const stack = bench.stack([slow, { name: "broken", inputs: { failCreate: "no" } }], {
      onEvent: (event) => {
        if (event.type === "step-failed") bench.world.open("slow");
      },
    });

    const failed = await stack.up({ skipPreview: true });

    expect(messages(failed)).toEqual(["no"]);
    expect(steps(failed)).toEqual(["create slow"]);
    expect((await stack.state()).resources?.some(({ id }) => id === "slow-1")).toBe(true);
  });

  test("an object that came about but is not ready is kept, and the next run updates it", async () => {
    const bench = new Workbench();

    const failed = await bench.stack([{ name: "a", inputs: { unready: "no heartbeat" } }]).up({ skipPreview: true });

    expect(messages(failed)).toEqual(["the thing did not become ready\n* no heartbeat"]);
    const stored = (await bench.stack([]).state()).resources?.find(({ id }) => id === "a-1");
    expect(stored?.initErrors).toEqual(["no heartbeat"]);

    bench.changes();
    const again = await bench.stack([{ name: "a", inputs: { unready: "no heartbeat" } }]).up({ skipPreview: true });

    expect(steps(again)).toEqual(["update a"]);
    expect(bench.changes()).toEqual(["update a-1"]);
    const healed = (await bench.stack([]).state()).resources?.find(({ id }) => id === "a-1");
    expect(healed?.initErrors).toBeUndefined();
  });

  test("a program that throws is quoted with its stack, and nothing it no longer registers is deleted", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "a" }, { name: "b" }]).up({ skipPreview: true });
    bench.changes();

    const failed = await bench.stack([{ name: "a" }], { config: { "things:throw": "out of ideas" } }).up({
      skipPreview: true,
    });

    expect(failed.ok).toBe(false);
    const [message] = messages(failed);
    expect(message).toContain("out of ideas");
    expect(message).toContain("things/index.ts");
    expect(failed.diagnostics.find(({ severity }) => severity === "error")?.source).toBe("program");
    expect(bench.changes()).toEqual([]);
    expect(bench.world.ids()).toEqual(["a-1", "b-1"]);
  });

  test("two resources of one name are refused", async () => {
    const bench = new Workbench();

    const failed = await bench.stack([{ name: "a" }, { name: "a" }]).preview();

    expect(messages(failed)).toContain(
      "the program registers urn:pulumi:test::things::probe:index:Thing::a twice; give one of the two resources another name",
    );
  });

  test("an aborted run lets work finish, starts nothing more and says that it was killed", async () => {
    const bench = new Workbench();
    const controller = new AbortController();
    const stack = bench.stack(
      [
        { name: "slow", inputs: { gate: "slow" } },
        { name: "after", dependsOn: ["slow"] },
      ],
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type !== "step-started" || nameOf(event.step.urn) !== "slow") return;
          controller.abort();
          bench.world.open("slow");
        },
      },
    );

    const run = await stack.up({ skipPreview: true });

    expect(run).toMatchObject({ ok: false, killed: true });
    expect(steps(run)).toEqual(["create slow"]);
    expect(bench.changes()).toEqual(["create slow"]);
  });
});
