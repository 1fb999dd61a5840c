import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../../lab/engine/index.ts";
import { declaredObjects, objectOf } from "../support/declared-objects.ts";
import { underEveryEngine } from "../support/engines.ts";
import { type SiteYaml, siteOf } from "../support/site-yaml.ts";
import { expectFine, World } from "../support/world.ts";

const DIN = "truenas-primary";
const GROGU = "truenas-backup";
const DAY = 24 * 3600 * 1000;
const MEGABYTE = 1e6;

/** The real site as far as grogu has to do with it. */
function carried(): SiteYaml {
  const { offsites, restoreTests, waivers, ...site } = siteOf("prod");
  delete site.appliances[DIN]?.pools["scratch"];
  known(site, DIN, "A");
  return site;
}

/** Its host key was read at its console. */
function known(site: SiteYaml, name: string, letter: string): void {
  const appliance = site.appliances[name];
  if (!appliance) throw new Error(`the site has no ${name}`);
  appliance.ssh = { ...appliance.ssh, hostKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}` };
}

/** grogu is switched on, its system installed and its key read: what its owner then changes in the site. */
function withGrogu(): SiteYaml {
  const site = carried();
  site.hosts["grogu"] = { ...site.hosts["grogu"], state: "online" };
  delete site.hosts["grogu"].reason;
  known(site, GROGU, "B");
  return site;
}

/** What a run did to which object; what stays as it is is left out. */
function deeds(run: Run): string[] {
  return run.steps
    .filter(({ op, type }) => op !== "same" && type.startsWith("truenas:"))
    .map((step) => `${step.op} ${objectOf(step)}`)
    .sort();
}

underEveryEngine("grogu, which comes online", (engine) => {
  let world: World;
  let online: SiteYaml;
  const snapshotsOf = async (appliance: string, dataset: string) => {
    const rows = (await world
      .appliance(appliance)
      .call("pool.snapshot.query", [["dataset", "=", dataset]], { select: ["snapshot_name"] })) as {
      snapshot_name: string;
    }[];
    return rows.map(({ snapshot_name }) => snapshot_name).sort();
  };

  beforeAll(async () => {
    // What the policies say of the site is told elsewhere.
    world = new World(engine, { policyPacks: [] });
    await world.settle(carried());
    world
      .appliance(DIN)
      .client({ protocol: "nfs", path: "/mnt/bulk/photos", address: "10.10.10.50", uid: 1000, gid: 1000 })
      .write(5 * MEGABYTE);
    online = withGrogu();
  });
  afterAll(() => world.close());

  test("is one update, which makes everything that waited and changes nothing else", async () => {
    const run = await world.settle(online);

    expect(deeds(run)).toEqual(declaredObjects(carried(), GROGU).map((object) => `create ${object}`));
    expect(run.steps.filter(({ type, op }) => type.startsWith("homelab:waiting:") && op !== "delete")).toEqual([]);
  });

  test("is complete: a second preview finds nothing to do", async () => {
    const run = await world.stack(online).preview();

    expectFine(run);
    expect(deeds(run)).toEqual([]);
  });

  test("lets the tier run as time goes by: both ends have the same snapshots, and the copies cannot be written", async () => {
    await world.appliance(DIN).clock.advance(2 * DAY);

    for (const [source, target] of [
      ["bulk/photos", "backup/photos"],
      ["fast/vms", "backup/vms"],
      ["fast/kubernetes/nfs-static", "backup/kubernetes/nfs-static"],
    ] as const) {
      const taken = await snapshotsOf(DIN, source);
      expect(taken.length, source).toBeGreaterThan(0);
      // The target keeps for two weeks what the source keeps for a day.
      expect(await snapshotsOf(GROGU, target), target).toEqual(expect.arrayContaining(taken));
    }
    const [copy] = (await world.appliance(GROGU).call("pool.dataset.query", [["id", "=", "backup/photos"]])) as {
      readonly: { rawvalue: string };
      quota: { rawvalue: string };
      usedbydataset: { parsed: number };
    }[];
    expect(copy?.readonly.rawvalue).toBe("on");
    expect(copy?.quota.rawvalue).toBe("0");
    expect(copy?.usedbydataset.parsed).toBeGreaterThan(5 * MEGABYTE);
  });

  test("copies what it is itself configured to be to din, whence it goes to B2 with din's own", () => {
    const made = world.appliance(GROGU).console.checksums("/mnt/backup/appliance");
    const brought = world.appliance(DIN).console.checksums("/mnt/bulk/backups/configuration/truenas-backup");

    expect(Object.keys(brought)[0]).toMatch(/truenas-backup-\d{4}-\d\d-\d\d[.]tar[.]cms$/);
    expect(made).toMatchObject(brought);
  });

  test("is no drift: what replication did to the copies is not the program's to put right", async () => {
    const run = await world.stack(online).preview({ refresh: true });

    expectFine(run);
    expect(deeds(run).filter((deed) => !deed.startsWith("refresh "))).toEqual([]);
  });
});
