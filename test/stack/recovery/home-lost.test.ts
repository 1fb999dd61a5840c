import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "../../../lab/engine/index.ts";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { declaredObjects, objectOf } from "../../support/declared-objects.ts";
import { runbookPage, stepThat } from "../../support/runbook.ts";
import { type SiteYaml, siteOf } from "../../support/site-yaml.ts";
import { expectFine, World } from "../../support/world.ts";
import { Hands } from "./support/hands.ts";
import { hostKey, rebuilt } from "./support/rebuilt.ts";
import { contentsOf, declaredRpo, newestStates, type State } from "./support/states.ts";

const DIN = "truenas-primary";
const GROGU = "truenas-backup";
const HOUR = 3_600_000;
const VOLUME = "kubernetes/nfs-dynamic/pvc-1";
/** Where the data of each dataset lies on grogu; the volume was made by a driver. */
const COPIES = {
  "fast/kubernetes/nfs-static": "backup/kubernetes/nfs-static",
  [`fast/${VOLUME}`]: `backup/${VOLUME}`,
  "fast/vms": "backup/vms",
  "bulk/photos": "backup/photos",
  "bulk/backups/configuration": "backup/configuration",
};
const [HERE, THERE] = [Object.keys(COPIES), Object.values(COPIES)];

/** The real site with grogu switched on, as far as the two have to do with one another. */
function withGrogu(): SiteYaml {
  const { offsites, restoreTests, waivers, ...site } = siteOf("prod");
  delete site.appliances[DIN]?.pools["scratch"];
  site.hosts["grogu"] = { ...site.hosts["grogu"], state: "online" };
  delete site.hosts["grogu"].reason;
  for (const [label, letter] of Object.entries({ [DIN]: "D", [GROGU]: "G" })) {
    const appliance = site.appliances[label];
    if (appliance) appliance.ssh = { ...appliance.ssh, hostKey: hostKey(letter) };
  }
  return site;
}

/** The objects of TrueNAS that a run did something to. */
function touched(run: Run): string[] {
  const deeds = run.steps.filter(({ op, type }) => op !== "same" && op !== "refresh" && type.startsWith("truenas:"));
  return deeds.map(objectOf).sort();
}

async function snapshotsOf(appliance: SimulatedTrueNas): Promise<string[]> {
  return ((await appliance.call("pool.snapshot.query")) as { id: string }[]).map(({ id }) => id);
}

describe("din, lost with all its disks just before the next snapshots, is rebuilt from grogu", () => {
  let world: World;
  let site: SiteYaml;
  let page: string;
  let lostAt: number;
  let kept: readonly State[];
  let copies: unknown;

  const din = () => world.appliance(DIN);
  const grogu = () => world.appliance(GROGU);
  const client = (path: string) =>
    din().client({ protocol: "nfs", path: `/mnt/${path}`, address: "10.10.10.50", uid: 1000, gid: 1000 });
  const replications = async () => {
    const rows = (await din().call("replication.query")) as { name: string; state: { state: string } }[];
    return rows.map(({ name, state }) => `${name} ${state.state}`).sort();
  };
  const type = (says: string) =>
    new Hands(world.dir, { "192.168.0.20": din(), "192.168.0.21": grogu() }).type(stepThat(page, "Do", says).lines);

  beforeAll(async () => {
    world = new World("lab", { policyPacks: [] }, new Date("2026-10-31T20:50:00Z"));
    site = withGrogu();
    page = runbookPage("prod", site, "lost-din.md");
    await world.settle(site);
    client("bulk/photos").save("2026/summer.jpg", "sea", 4e6);
    client("fast/vms").save("images/100/disk.raw", "mainframe", 8e6);
    client("fast/kubernetes/nfs-static").save("settings.yaml", "first: 1\n");
    await din().call("pool.dataset.create", { name: `fast/${VOLUME}` });
    din().console.write(`/mnt/fast/${VOLUME}/index.html`, "hello");
    await din().clock.advance(24 * HOUR);
    client("fast/kubernetes/nfs-static").save("settings.yaml", "second: 2\n");
    client("bulk/photos").save("2026/autumn.jpg", "leaves", 4e6);
    await din().clock.advance(3.15 * HOUR);
    client("fast/kubernetes/nfs-static").save("settings.yaml", "third: 3\n");
    kept = await newestStates(din(), HERE);
    copies = contentsOf(grogu(), THERE);
    lostAt = din().clock.now().getTime();
    await world.lose(DIN);
  });
  afterAll(() => world.close());

  test("the runbook's update makes everything anew on an empty machine, and the two know one another", async () => {
    site = rebuilt(site, DIN);
    await world.rack(site, { stateFile: join(world.dir, "no-state.json") });
    expect(stepThat(page, "Do", "Make everything anew").lines).toEqual([
      "npm run pulumi -- refresh --run-program",
      "npm run pulumi -- up --policy-pack policies",
    ]);
    expectFine(await world.stack(site).refresh());
    const run = await world.stack(site).up({ skipPreview: true });

    expectFine(run);
    const all = [...declaredObjects(site, DIN), ...declaredObjects(site, GROGU)];
    const onGrogu = [`SshConnection ${GROGU}/${DIN}`, `User ${GROGU}/replication`];
    expect(touched(run)).toEqual([...all.filter((object) => object.includes(` ${DIN}/`)), ...onGrogu].sort());
  });

  test("tasks that run before its data is back do no harm to the copies", async () => {
    await din().clock.advance(2 * HOUR);

    expect(await replications()).toEqual(["configuration ERROR", "kubernetes ERROR", "photos ERROR", "vms ERROR"]);
    expect(contentsOf(grogu(), THERE)).toEqual(copies);
  });

  test("the runbook's commands bring everything back as it was, and no more is lost than the site declares", async () => {
    await type("Keep its tasks quiet");
    await type("From grogu");

    expect(await newestStates(din(), HERE)).toEqual(kept);
    expect(contentsOf(din(), HERE)).toEqual(kept.map(({ checksums }) => checksums));
    const lost = Object.fromEntries(HERE.map((name, at) => [name, (lostAt - (kept[at]?.takenAt ?? 0)) / 60_000]));
    expect(lost).toEqual({
      "fast/kubernetes/nfs-static": 59,
      [`fast/${VOLUME}`]: 59,
      "fast/vms": 3 * 60 + 59,
      "bulk/photos": 23 * 60 + 29,
      "bulk/backups/configuration": 23 * 60 + 29,
    });
    for (const [dataset, minutes] of Object.entries(lost))
      expect(minutes * 60, dataset).toBeLessThanOrEqual(declaredRpo(site, DIN, dataset));
    expect(contentsOf(grogu(), THERE)).toEqual(copies);
  });

  test("one more update puts everything back to what the site says, and people go on with their work", async () => {
    expect(stepThat(page, "Do", "Put everything back").lines).toEqual([
      "npm run pulumi -- up --refresh --policy-pack policies",
    ]);
    expectFine(await world.stack(site).up({ refresh: true, skipPreview: true }));
    const again = await world.stack(site).preview();

    expectFine(again);
    expect(touched(again)).toEqual([]);
    expect(client("fast/kubernetes/nfs-static").load("settings.yaml")).toBe("second: 2\n");
    client("fast/kubernetes/nfs-static").save("settings.yaml", "third: 3\n");
  });

  test("replication goes on from where it was, and what grogu had stays there", async () => {
    const before = await snapshotsOf(grogu());
    await din().clock.advance(24 * HOUR);

    const after = await snapshotsOf(grogu());
    expect(await replications()).toEqual([
      "configuration FINISHED",
      "kubernetes FINISHED",
      "photos FINISHED",
      "vms FINISHED",
    ]);
    expect(before.filter((id) => !after.includes(id))).toEqual([]);
    expect(await newestStates(grogu(), THERE)).toEqual(await newestStates(din(), HERE));
    expect(await newestStates(din(), ["bulk/backups/configuration/truenas-backup"])).toEqual(
      await newestStates(grogu(), ["backup/appliance"]),
    );
  });
});
