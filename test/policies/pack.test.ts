import { describe, expect, test } from "vitest";
import { ENGINES } from "../support/world.ts";
import { judge } from "./support/judge.ts";
import {
  computeSite,
  dataset,
  type Judgeable,
  nfs,
  says,
  site,
  TB,
  tankInOrder,
  UNKNOWN,
} from "./support/resources.ts";

const RULE = "pool-is-not-over-committed";
const large = dataset("tank/media", "runtime", { quota: 1.5 * TB });
const OVER_COMMITTED =
  'pool "nas/tank" promises its datasets 1.50 TB of 0.97 TB usable (155 %) and must stay within it (D4 Capacity, ADR-0002); lower a quota, add disks, or record a waiver with a reason and a date';
const BROKEN = [RULE, "mandatory", "nas/tank", OVER_COMMITTED] as const;

describe.each(ENGINES)("the policy pack under the %s engine", (engine) => {
  test("says nothing about a stack in order", async () => {
    const media = dataset("tank/media", "runtime", { quota: 0.5 * TB });

    expect(await judge(engine, [site(), ...tankInOrder(), media])).toEqual({ ok: true, verdicts: [] });
  });

  test("judges what waits for its host like what it will become", async () => {
    const waiting = (resource: Judgeable): Judgeable => ({
      ...resource,
      type: resource.type.replace("truenas:index:", "homelab:waiting:"),
    });

    expect(await judge(engine, [site(), ...tankInOrder().map(waiting), waiting(large)])).toEqual({
      ok: false,
      verdicts: [BROKEN],
    });
  });

  test("lists a waived violation with its date and reason, and lets the run go on", async () => {
    const waiver = { rule: RULE, resource: "nas/*", reason: "more disks are ordered", until: "2999-12-31" };

    expect(await judge(engine, [site({ waivers: [waiver] }), ...tankInOrder(), large])).toEqual({
      ok: true,
      verdicts: [
        [
          "waivers",
          "advisory",
          "nas/tank",
          `waived until 2999-12-31: ${RULE}: ${OVER_COMMITTED}. Reason: more disks are ordered`,
        ],
      ],
    });
  });

  test("nothing is waived without a site", async () => {
    expect(await judge(engine, [...tankInOrder(), large])).toEqual({ ok: false, verdicts: [BROKEN] });
  });

  test("one unknown among ten costs the verdict on that one only", async () => {
    const silent = Array.from({ length: 9 }, (_, at) =>
      dataset(`tank/known-${at}`, "runtime", { userProperties: says("runtime", "") }),
    );
    const open = dataset("tank/open", "runtime", { userProperties: says("runtime", UNKNOWN) });

    const { verdicts } = await judge(engine, [site(), ...tankInOrder(), ...silent, open]);

    expect(verdicts.filter(([policy]) => policy === "data-declares-purpose").map(([, , resource]) => resource)).toEqual(
      silent.map(({ name }) => name),
    );
    expect(verdicts.filter(([policy]) => policy === "undecided")).toEqual([
      [
        "undecided",
        "advisory",
        "nas/tank/open",
        'undecided: data-declares-purpose cannot judge dataset "nas/tank/open" before all of its values are known; it is judged again during the update',
      ],
    ]);
  });
});

describe.each(ENGINES)("levels under the %s engine", (engine) => {
  const exported = [...tankInOrder(), dataset("tank/a", "runtime"), nfs("tank/a")];
  const levelIn = async (phase: string, policies: Readonly<Record<string, unknown>>, stated?: string) => {
    const config = stated ? { "homelab:site": JSON.stringify({ ownership: { phase: stated } }) } : {};
    const { ok, verdicts } = await judge(engine, [computeSite({ phase }), ...exported], { policies, config });
    return { ok, said: verdicts.map(([policy, level]) => [policy, level]) };
  };
  const RULE_OF_MODEL = "nas-exports-no-filesystem";

  test("an ownership rule only advises while the site is in transition", async () => {
    expect(await levelIn("transition", {}, "transition")).toEqual({ ok: true, said: [[RULE_OF_MODEL, "advisory"]] });
  });

  test("it blocks once the site is steady, and where nothing says how far the site is", async () => {
    const blocked = { ok: false, said: [[RULE_OF_MODEL, "mandatory"]] };

    expect(await levelIn("steady", {}, "steady")).toEqual(blocked);
    expect(await levelIn("steady", {})).toEqual(blocked);
  });

  test("configuration raises one rule, and `all` every rule", async () => {
    const blocked = { ok: false, said: [[RULE_OF_MODEL, "mandatory"]] };

    expect(await levelIn("transition", { [RULE_OF_MODEL]: "mandatory" }, "transition")).toEqual(blocked);
    expect(await levelIn("transition", { all: "mandatory" }, "transition")).toEqual(blocked);
  });

  test("a preset of another phase than the site's is refused", async () => {
    const policies = { "preset-fits-phase": { phase: "transition" }, [RULE_OF_MODEL]: "advisory" };

    expect(await levelIn("steady", policies)).toEqual({
      ok: false,
      said: [
        [RULE_OF_MODEL, "advisory"],
        ["preset-fits-phase", "mandatory"],
      ],
    });
  });
});
