import { describe, expect, test } from "vitest";
import { rules } from "../../policies/rules.ts";
import { Verdicts } from "../../policies/verdicts.ts";
import { dataset, type Judgeable, site, TB, tankInOrder, UNKNOWN } from "./support/resources.ts";
import { judgedFrom } from "./support/rule-tests.ts";

const RULE = "pool-is-not-over-committed";
const large = dataset("tank/a", "runtime", { quota: 2 * TB });

/** What is stale on a day, in a site with one waiver. */
function stale(waiver: { rule?: string; resource?: string; until?: string }, ...stack: readonly Judgeable[]): string[] {
  const waivers = [{ rule: RULE, resource: "nas/tank", reason: "for a while", until: "2026-12-31", ...waiver }];
  const resources = judgedFrom([site({ waivers }), ...tankInOrder(), ...stack]);
  return new Verdicts(rules, resources, "2026-06-01").staleWaivers().map(({ message }) => message);
}

describe("a waiver", () => {
  test("is current until its last day, by name or by pattern", () => {
    expect(stale({}, large)).toEqual([]);
    expect(stale({ until: "2026-06-01" }, large)).toEqual([]);
    expect(stale({ resource: "nas/*" }, large)).toEqual([]);
  });

  test("that has expired is to be mended or renewed", () => {
    expect(stale({ until: "2026-05-31" }, large)).toEqual([
      `the waiver of ${RULE} for "nas/tank" expired on 2026-05-31; mend what it covered, or renew it with a reason`,
    ]);
  });

  test("that covers nothing is to be removed: nothing is wrong, another resource is, or the rule does not exist", () => {
    const useless = `the waiver of ${RULE} for "nas/tank" covers no violation; remove it from the site`;

    expect(stale({})).toEqual([useless]);
    expect(stale({ resource: "nas/bulk" }, large)).toEqual([useless.replace("nas/tank", "nas/bulk")]);
    expect(stale({ rule: "pool-is-never-full" }, large)).toEqual([useless.replace(RULE, "pool-is-never-full")]);
  });

  test("stays while its rule cannot decide yet", () => {
    expect(stale({}, dataset("tank/a", "runtime", { quota: UNKNOWN }))).toEqual([]);
  });
});
