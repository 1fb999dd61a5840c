import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Run } from "../../../lab/engine/index.ts";
import { FIXTURES, messages, nameOf, steps, Workbench } from "./support/workbench.ts";

const PACK = join(FIXTURES, "policies");
const OWNED = { owner: "me" };

function findings(run: Run): unknown[] {
  return run.policies.map(({ policy, level, urn, message }) => [policy, level, nameOf(urn), message]);
}

describe("policy packs", () => {
  test("a mandatory finding fails the preview, which still shows everything; up stops before it touches anything", async () => {
    const bench = new Workbench();
    const list = [
      { name: "a", inputs: { size: 9, ...OWNED } },
      { name: "b", inputs: { uses: "$a.address" } },
    ];
    const stack = bench.stack(list, { policyPacks: [{ dir: PACK }] });

    const preview = await stack.preview();

    expect(messages(preview)).toEqual([]);
    expect(preview.ok).toBe(false);
    expect(steps(preview)).toEqual(["create a", "create b"]);
    expect(findings(preview)).toEqual([
      ["thing-is-small", "mandatory", "a", "Things are small.\nsize 9 is more than 5"],
      [
        "thing-is-owned",
        "advisory",
        "b",
        "Things name their owner.\nb has no owner; protect is false, provider is default",
      ],
    ]);
    expect(preview.policies[0]?.pack).toBe("probe-policies");

    const up = await stack.up({ skipPreview: true });

    expect(up.ok).toBe(false);
    expect(steps(up)).toEqual([]);
    expect(bench.changes()).toEqual([]);
  });

  test("configuration sets levels and properties of single policies and the level of all", async () => {
    const bench = new Workbench();
    const list = [{ name: "a", inputs: { size: 9 } }];
    const config = { all: "disabled", "thing-is-small": { enforcementLevel: "advisory", most: 8 } };

    const up = await bench.stack(list, { policyPacks: [{ dir: PACK, config }] }).up({ skipPreview: true });

    expect(up.ok).toBe(true);
    expect(findings(up)).toEqual([["thing-is-small", "advisory", "a", "Things are small.\nsize 9 is more than 8"]]);
    const wrong = { "thing-is-small": "strict" };
    const refused = await bench.stack(list, { policyPacks: [{ dir: PACK, config: wrong }] }).preview();
    expect(messages(refused)).toEqual([
      `policy pack ${PACK}: policy configuration "thing-is-small": level "strict" is not one of advisory, mandatory, disabled, remediate`,
    ]);
  });

  test("a stack policy judges all resources at the end, in preview and up, and sees the configuration", async () => {
    const bench = new Workbench();
    const list = ["a", "b", "c"].map((name) => ({ name, inputs: OWNED }));
    const options = {
      config: { "things:motto": "less is more" },
      policyPacks: [{ dir: PACK, config: { "stack-is-configured": "advisory" } }],
    };

    const preview = await bench.stack(list, options).preview();

    expect(preview.ok).toBe(false);
    expect(findings(preview)).toEqual([
      [
        "stack-is-configured",
        "advisory",
        "things-test",
        "Shows what a pack sees of the stack.\nmotto is less is more, dry run is true",
      ],
      ["things-are-few", "mandatory", "c", "There are few things.\n3 things are too many"],
    ]);

    const up = await bench.stack(list, options).up({ skipPreview: true });
    expect(up.ok).toBe(false);
    expect(steps(up)).toHaveLength(3);
    expect(findings(up)).toHaveLength(2);
  });

  test("an unknown property is said to be undecided, and a remediation changes what is created", async () => {
    const bench = new Workbench();
    const list = [
      { name: "a", inputs: OWNED },
      { name: "b", inputs: { size: "$a.address", ...OWNED } },
    ];
    const options = { policyPacks: [{ dir: PACK, config: { "thing-is-tagged": "remediate" } }] };

    const preview = await bench.stack(list, options).preview();

    expect(preview.ok).toBe(true);
    expect(findings(preview)).toContainEqual(["thing-is-tagged", "remediate", "a", "the inputs were remediated"]);
    const undecided = preview.policies.filter(({ urn, level }) => nameOf(urn) === "b" && level === "advisory");
    expect(undecided.map(({ message }) => message)).toContain(
      "can't run policy 'thing-is-small' from policy pack 'probe-policies@v1.0.0' during preview: string value at .size can't be known during preview",
    );

    await bench.stack([{ name: "a", inputs: OWNED }], options).up({ skipPreview: true });
    expect(bench.world.get("a-1")).toEqual({ size: 1, owner: "me", tag: "by policy" });
  });
});
