import { describe, expect, test } from "vitest";
import { ENGINES } from "../support/world.ts";
import { type Judgeable, judge } from "./judge.ts";

const TB = 1e12;
const CLASSIFIED = { "homelab:class": "runtime", "homelab:owner": "primary-nas", "homelab:purpose": "films" };

const pool: Judgeable = {
  type: "homelab:waiting:Pool",
  name: "nas/tank",
  props: { name: "tank", topology: { data: [{ type: "MIRROR", disks: ["A", "B"], diskSize: 1 * TB }] } },
};

function dataset(name: string, props: Record<string, unknown> = {}): Judgeable {
  return {
    type: "homelab:waiting:Dataset",
    name: `nas/${name}`,
    props: { name, userProperties: CLASSIFIED, ...props },
  };
}

function site(...waivers: { rule: string; resource: string; reason: string; until: string }[]): Judgeable {
  return {
    type: "homelab:index:Site",
    name: "home",
    props: { name: "home", ownershipModel: "nas-centric", phase: "steady", waivers },
  };
}

const OVER_COMMITTED =
  'pool "nas/tank" promises its datasets 1.50 TB of 0.97 TB usable (155 %) and must stay within it (D4 Capacity, ADR-0002); lower a quota, add disks, or record a waiver with a reason and a date';

describe.each(ENGINES)("the policy pack under the %s engine", (engine) => {
  test("says nothing about a stack in order", async () => {
    expect(await judge(engine, [site(), pool, dataset("tank/media", { quota: 0.5 * TB })])).toEqual({
      ok: true,
      verdicts: [],
    });
  });

  test("wants class, owner and purpose of every dataset and zvol", async () => {
    const bare = dataset("tank/bare", { userProperties: {} });
    const odd = dataset("tank/odd", {
      userProperties: { ...CLASSIFIED, "homelab:class": "precious", "homelab:owner": "somebody" },
    });
    const zvol = {
      ...dataset("tank/disk", { userProperties: { "homelab:class": "runtime", "homelab:owner": "primary-nas" } }),
      type: "homelab:waiting:Zvol",
    };

    const { ok, verdicts } = await judge(engine, [site(), pool, bare, odd, zvol]);

    expect(ok).toBe(false);
    expect(verdicts).toEqual([
      [
        "data-declares-class",
        "mandatory",
        "nas/tank/bare",
        'dataset "nas/tank/bare" must declare its class in the user property homelab:class (D1 §8); give the dataset a `class` in the site',
      ],
      [
        "data-declares-class",
        "mandatory",
        "nas/tank/odd",
        'dataset "nas/tank/odd" declares the class "precious" in homelab:class, which must be one of authoritative, runtime, disposable, transitional, container (D1 §8); give the dataset a `class` in the site',
      ],
      [
        "data-declares-owner",
        "mandatory",
        "nas/tank/bare",
        'dataset "nas/tank/bare" must declare its owner in the user property homelab:owner (D1 §8); give the dataset an `owner` in the site',
      ],
      [
        "data-declares-owner",
        "mandatory",
        "nas/tank/odd",
        'dataset "nas/tank/odd" declares the owner "somebody" in homelab:owner, which must be one of user-compute, archive-nas, ai-compute, infrastructure, primary-nas, backup-nas, staging (D1 §8); give the dataset an `owner` in the site',
      ],
      [
        "data-declares-purpose",
        "mandatory",
        "nas/tank/bare",
        'dataset "nas/tank/bare" must declare its purpose in the user property homelab:purpose (D1 §8); give the dataset a `purpose` in the site',
      ],
      [
        "data-declares-purpose",
        "mandatory",
        "nas/tank/disk",
        'zvol "nas/tank/disk" must declare its purpose in the user property homelab:purpose (D1 §8); give the dataset a `purpose` in the site',
      ],
    ]);
  });

  test("refuses quotas that promise more than the pool has, nested ones counted once", async () => {
    const outer = dataset("tank/media", { quota: 1 * TB });
    const inner = dataset("tank/media/films", { quota: 0.9 * TB });
    const zvol = { ...dataset("tank/disk", { volsize: 0.5 * TB }), type: "homelab:waiting:Zvol" };

    expect(await judge(engine, [site(), pool, outer, inner, zvol])).toEqual({
      ok: false,
      verdicts: [["pool-is-not-over-committed", "mandatory", "nas/tank", OVER_COMMITTED]],
    });
  });

  test("lists a waived violation with its date and reason, and lets the run go on", async () => {
    const waiver = {
      rule: "pool-is-not-over-committed",
      resource: "nas/*",
      reason: "more disks are ordered",
      until: "2999-12-31",
    };
    const large = dataset("tank/media", { quota: 1.5 * TB });

    expect(await judge(engine, [site(waiver), pool, large])).toEqual({
      ok: true,
      verdicts: [
        [
          "waivers",
          "advisory",
          "nas/tank",
          `waived until 2999-12-31: pool-is-not-over-committed: ${OVER_COMMITTED}. Reason: more disks are ordered`,
        ],
      ],
    });
  });

  test("an expired waiver covers nothing and is reported itself", async () => {
    const waiver = {
      rule: "pool-is-not-over-committed",
      resource: "nas/tank",
      reason: "for a month",
      until: "2020-01-31",
    };
    const large = dataset("tank/media", { quota: 1.5 * TB });

    expect(await judge(engine, [site(waiver), pool, large])).toEqual({
      ok: false,
      verdicts: [
        ["pool-is-not-over-committed", "mandatory", "nas/tank", OVER_COMMITTED],
        [
          "waiver-is-current",
          "mandatory",
          "home",
          'the waiver of pool-is-not-over-committed for "nas/tank" expired on 2020-01-31; mend what it covered, or renew it with a reason',
        ],
      ],
    });
  });

  test("a waiver that covers nothing is reported", async () => {
    const waiver = {
      rule: "pool-is-not-over-committed",
      resource: "nas/tank",
      reason: "just in case",
      until: "2999-12-31",
    };

    expect(await judge(engine, [site(waiver), pool])).toEqual({
      ok: false,
      verdicts: [
        [
          "waiver-is-current",
          "mandatory",
          "home",
          'the waiver of pool-is-not-over-committed for "nas/tank" covers no violation; remove it from the site',
        ],
      ],
    });
  });

  test("nothing is waived without a site", async () => {
    expect(await judge(engine, [pool, dataset("tank/media", { quota: 1.5 * TB })])).toEqual({
      ok: false,
      verdicts: [["pool-is-not-over-committed", "mandatory", "nas/tank", OVER_COMMITTED]],
    });
  });

  test("one unknown among ten costs the verdict on that one only", async () => {
    const known = Array.from({ length: 9 }, (_, at) =>
      dataset(`tank/known-${at}`, { userProperties: { ...CLASSIFIED, "homelab:purpose": "" } }),
    );
    const open = dataset("tank/open", { userProperties: { ...CLASSIFIED, "homelab:purpose": "unknown" } });

    const { verdicts } = await judge(engine, [site(), pool, ...known, open]);

    expect(verdicts.filter(([policy]) => policy === "data-declares-purpose").map(([, , resource]) => resource)).toEqual(
      known.map(({ name }) => name),
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
