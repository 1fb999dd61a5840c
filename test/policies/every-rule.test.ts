import { describe, expect, test } from "vitest";
import { levelOf } from "../../policies/levels.ts";
import { rules } from "../../policies/rules.ts";
import { ENGINES } from "../support/world.ts";
import { brokenCompute, brokenRoles } from "./support/broken-compute.ts";
import { brokenStorage } from "./support/broken-storage.ts";
import { judge } from "./support/judge.ts";
import { computeSite, type Judgeable, site, tankInOrder } from "./support/resources.ts";

const hosts = { grogu: { state: "offline", addresses: {} } };
const made = { "nas/tank/made": "nfs" };
const nasCentric = [
  site({ hosts, made, unconfirmedCopies: ["nas"], classes: { "nas/tank/edited": "disposable" } }),
  ...brokenStorage,
  ...brokenCompute,
];

/** Each policy that said something, with its level, as often as it did. */
async function told(engine: (typeof ENGINES)[number], stack: readonly Judgeable[]) {
  const { ok, verdicts } = await judge(engine, stack);
  return { ok, said: verdicts.map(([policy, level]) => `${policy}: ${level}`).sort() };
}

/** What a rule says of itself in a steady site. */
function expected(members: readonly (typeof rules)[number][]): string[] {
  return members.map((rule) => `${rule.name}: ${levelOf(rule, "steady")}`).sort();
}

describe.each(ENGINES)("the whole pack under the %s engine", (engine) => {
  test("a program that breaks every rule once is told so once per rule", async () => {
    const members = rules.filter(({ model }) => model !== "compute-centric");

    expect(await told(engine, nasCentric)).toEqual({ ok: false, said: expected(members) });
  });

  test("so is one that breaks every rule of the other model", async () => {
    const members = rules.filter(({ model }) => model === "compute-centric");

    expect(await told(engine, [computeSite(), ...tankInOrder(), ...brokenRoles])).toEqual({
      ok: false,
      said: expected(members),
    });
  });
});
