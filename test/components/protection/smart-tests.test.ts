import { expect, test } from "vitest";
import { smartPlan } from "../../../components/protection/smart-tests.ts";
import { World } from "../../../lab/truenas/index.ts";
import { parseSite, type Site } from "../../../src/site/index.ts";
import { anAppliance } from "../../lab/truenas/support/appliance.ts";
import { smallSite } from "../../support/invalid-sites.ts";

const DAY = 24 * 3_600_000;
const RELEASES = [
  ["25.10", "25.10.6"],
  ["25.04", "25.04.2"],
] as const;

function testsOf(smartTests: object): Site["monitoring"]["smartTests"] {
  return parseSite({ ...(smallSite() as object), monitoring: { smartTests } }).monitoring.smartTests;
}

test.each(RELEASES)(
  "an appliance of %s lets all disks test themselves when the site says so",
  async (release, version) => {
    const nas = await anAppliance({ version }, { world: new World({ now: new Date("2026-03-01T00:00:00Z") }) });
    const planned = smartPlan({ version: release }, testsOf({ short: "0 1 * * *", long: "0 2 3 * *" }));
    for (const { args } of planned) await nas.call("cronjob.create", args);

    await nas.clock.advance(3 * DAY);

    expect(
      nas.console.cronRuns().map(({ description, status, carriedOut }) => [description, status, carriedOut]),
    ).toEqual([
      ["SMART self-test, short", 0, true],
      ["SMART self-test, short", 0, true],
      ["SMART self-test, short", 0, true],
      ["SMART self-test, long", 0, true],
    ]);
    expect(new Set(nas.console.smartTests().map(({ type }) => type))).toEqual(new Set(["LONG"]));
    expect(nas.console.smartTests()).toHaveLength(8);
  },
);
