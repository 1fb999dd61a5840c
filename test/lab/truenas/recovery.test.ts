import { describe, expect, test } from "vitest";
import { configurationCopyCommand } from "../../../components/protection/configuration-copy.ts";
import { openConfiguration, SimulatedTrueNas, type World } from "../../../lab/truenas/index.ts";
import { CERTIFICATE, OTHER_KEY, PRIVATE_KEY } from "../../support/recovery-key.ts";
import { EIGHT_DISKS, refusal, temporaryDirectory } from "./support/appliance.ts";
import { anApplianceIn, aWorldWithBucket, backupTask, DAY, HOUR, listed, START, s3 } from "./support/cloud.ts";

const PHOTOS = "/mnt/tank/photos";
const CONFIGURATION = "/mnt/tank/configuration";
const NAMES = ["2024/sunset.jpg", "2024/dawn.jpg", "2025/noon.jpg"];

/** What every namespace says that a person would have to enter again. */
async function settings(nas: SimulatedTrueNas): Promise<Record<string, unknown>> {
  const namespaces = ["pool", "sharing.nfs", "pool.snapshottask", "cronjob", "cloudsync.credentials"];
  const told = await Promise.all(
    namespaces.map(async (each) => {
      const rows = (await nas.call(`${each}.query`)) as { state?: unknown }[];
      return [each, rows.map(({ state: _lastRun, ...row }) => row)];
    }),
  );
  const users = await nas.call("user.query", [["username", "=", "restorer"]]);
  const tasks = (await nas.call("cloud_backup.query")) as { job: unknown; description: string }[];
  return { ...Object.fromEntries(told), users, tasks: tasks.map(({ job: _job, ...task }) => task) };
}

async function fill(nas: SimulatedTrueNas): Promise<void> {
  for (const name of NAMES) nas.console.write(`${PHOTOS}/${name}`, `picture of ${name}`, 4_000_000);
}

/** An appliance with photos and its own configuration copied offsite, each into a repository of its own. */
async function aProtectedAppliance(world: World, key: { id: string; secret: string }) {
  const dir = await temporaryDirectory();
  const nas = await SimulatedTrueNas.start({ name: "din", disks: EIGHT_DISKS }, { dir, world });
  await nas.call("pool.create", {
    name: "tank",
    topology: { data: [{ type: "RAIDZ1", disks: ["sda", "sdb", "sdc"] }] },
  });
  for (const name of ["tank/photos", "tank/configuration"]) await nas.call("pool.dataset.create", { name });
  await nas.call("sharing.nfs.create", { path: PHOTOS, networks: ["10.10.10.0/24"] });
  await nas.call("user.create", {
    username: "restorer",
    full_name: "Restorer",
    group_create: true,
    password_disabled: true,
    smb: false,
  });
  await nas.call("pool.snapshottask.create", {
    dataset: "tank/photos",
    naming_schema: "auto-%Y-%m-%d_%H-%M",
    lifetime_value: 2,
    lifetime_unit: "WEEK",
  });
  await nas.call("cloudsync.credentials.create", { name: "b2", provider: s3(key) });
  const command = configurationCopyCommand({
    appliance: "din",
    directory: CONFIGURATION,
    certificate: CERTIFICATE,
    keep: 14,
  });
  const daily = { minute: "15", hour: "1", dom: "*", month: "*", dow: "*" };
  await nas.call("cronjob.create", { description: "copy", command, user: "root", schedule: daily });
  await nas.call("cloud_backup.create", backupTask());
  const own = { path: CONFIGURATION, attributes: { bucket: "homelab-photos", folder: "configuration" } };
  await nas.call("cloud_backup.create", backupTask({ description: "configuration", ...own }));
  return { nas, dir };
}

test("photos come back from the cloud on another appliance, and are what they were", async () => {
  const { world, key } = aWorldWithBucket();
  const din = await anApplianceIn(world, key);
  await fill(din);
  await din.call("cloud_backup.create", backupTask());
  await world.advance(14 * HOUR);
  const kept = din.console.checksums(PHOTOS);
  din.console.write(`${PHOTOS}/2025/after-the-backup.jpg`, "lost");
  await world.advance(5 * HOUR);
  await din.stop();

  const grogu = await anApplianceIn(world, key, "grogu");
  await grogu.call("cloud_backup.create", backupTask({ description: "photos of din", enabled: false }));
  const [snapshot] = await listed(grogu, 1);
  expect(snapshot).toMatchObject({ hostname: "din", paths: [PHOTOS] });
  await grogu.call("cloud_backup.restore", 1, snapshot?.id, "/", PHOTOS);

  expect(grogu.console.checksums(PHOTOS)).toEqual(kept);
  // What was lost is what was written since: no more than a day's worth, as the schedule says.
  expect(world.now().getTime() - (snapshot?.time.$date ?? 0)).toBeLessThanOrEqual(DAY);
});

describe("without the passphrase of a repository", () => {
  test("nobody reads it, with whatever keys to the cloud; the appliance that has it still can", async () => {
    const { world, key } = aWorldWithBucket();
    const din = await anApplianceIn(world, key);
    await fill(din);
    await din.call("cloud_backup.create", backupTask());
    await din.call("cloud_backup.sync", 1);

    const grogu = await anApplianceIn(world, world.cloud.makeKey(), "grogu");
    expect(await refusal(grogu, "cloud_backup.create", backupTask({ password: "guessed" }))).toContain(
      "wrong password or no key found",
    );
    const bodies = world.cloud.objects.values().map(({ body }) => body);
    expect(bodies.filter((body) => /picture|sunset/.test(body))).toEqual([]);
    await din.call("cloud_backup.sync", 1);
    await din.call("pool.dataset.create", { name: "tank/back" });
    await din.call("cloud_backup.restore", 1, "latest", "/", "/mnt/tank/back");
    expect(din.console.checksums("/mnt/tank/back")).toEqual(din.console.checksums(PHOTOS));
  });

  test("the copy of the configuration brings it back; another folder begins a repository anew", async () => {
    const { world, key } = aWorldWithBucket();
    const { nas: din } = await aProtectedAppliance(world, key);
    await fill(din);
    await world.advance(DAY);
    const copy = din.console.read(`${CONFIGURATION}/din-2026-01-06.tar.cms`) ?? "";
    const kept = din.console.checksums(PHOTOS);
    await din.stop();

    const dir = await temporaryDirectory();
    const again = await SimulatedTrueNas.start(
      { name: "din" },
      { dir, world, configuration: openConfiguration(copy, PRIVATE_KEY) },
    );
    expect(await again.call("cloud_backup.get_instance", 1)).toMatchObject({ password: "correct horse" });
    await again.stop();

    const grogu = await anApplianceIn(world, key, "grogu");
    const anew = { attributes: { bucket: "homelab-photos", folder: "photos-2" }, password: "another" };
    await grogu.call("cloud_backup.create", backupTask(anew));
    expect(await listed(grogu, 1)).toEqual([]);
    await grogu.call("cloud_backup.create", backupTask());
    await grogu.call("cloud_backup.restore", 2, "latest", "/", PHOTOS);
    expect(grogu.console.checksums(PHOTOS)).toEqual(kept);
  });
});

describe("an appliance whose machine is lost and whose disks are not", () => {
  test("is itself again on a new machine: pools, shares, tasks, users and secrets", async () => {
    const { world, key } = aWorldWithBucket();
    const { nas: din, dir: old } = await aProtectedAppliance(world, key);
    await fill(din);
    await world.advance(DAY);
    const before = await settings(din);
    const photos = din.console.checksums(PHOTOS);
    await din.stop();

    const grogu = await anApplianceIn(world, key, "grogu");
    const own = { attributes: { bucket: "homelab-photos", folder: "configuration" } };
    await grogu.call(
      "cloud_backup.create",
      backupTask({ description: "configuration of din", enabled: false, ...own }),
    );
    await grogu.call("cloud_backup.restore", 1, "latest", "/", "/mnt/tank/photos/of-din");
    const copy = grogu.console.read("/mnt/tank/photos/of-din/din-2026-01-06.tar.cms") ?? "";
    expect(() => openConfiguration(copy, OTHER_KEY)).toThrow("is not for this private key");
    const configuration = openConfiguration(copy, PRIVATE_KEY);

    const dir = await temporaryDirectory();
    const again = await SimulatedTrueNas.start({ name: "din" }, { dir, world, disksFrom: old, configuration });
    expect(await settings(again)).toEqual(before);
    expect(again.console.checksums(PHOTOS)).toEqual(photos);
    await world.advance(DAY);
    expect((await listed(again, 1)).map(({ time }) => (time.$date - START.getTime()) / HOUR)).toEqual([14, 38]);
    expect(await again.call("cloud_backup.query")).toMatchObject([
      { job: { state: "SUCCESS" } },
      { job: { state: "SUCCESS" } },
    ]);
    await again.stop();
  });

  test("comes without pools where nobody tells it of them, and without what needs secrets where the seed is missing", async () => {
    const { world, key } = aWorldWithBucket();
    const { nas: din, dir: old } = await aProtectedAppliance(world, key);
    await fill(din);
    const { database } = din.console.configuration();
    await din.stop();

    const bare = await SimulatedTrueNas.start(
      { name: "bare" },
      { dir: await temporaryDirectory(), world, disksFrom: old },
    );
    expect(await bare.call("pool.query")).toEqual([]);
    expect(await bare.call("pool.dataset.query")).toEqual([]);
    const { unused } = (await bare.call("disk.details")) as { unused: { exported_zpool: string | null }[] };
    expect(unused.filter((disk) => disk.exported_zpool === "tank")).toHaveLength(3);
    const [found] = (await bare.call("pool.import_find")) as { guid: string; name: string }[];
    expect(found?.name).toBe("tank");
    await bare.call("pool.import_pool", { guid: found?.guid });
    expect(Object.keys(bare.console.checksums(PHOTOS))).toHaveLength(NAMES.length);
    await bare.call("pool.export", 1, {});
    expect(await bare.call("pool.query")).toEqual([]);
    await bare.stop();

    const seedless = await SimulatedTrueNas.start(
      { name: "seedless" },
      { dir: await temporaryDirectory(), world, disksFrom: old, configuration: { database } },
    );
    expect(await seedless.call("pool.query")).toHaveLength(1);
    expect(await seedless.call("sharing.nfs.query")).toHaveLength(1);
    expect(await seedless.call("cloudsync.credentials.query")).toEqual([]);
    expect(await seedless.call("cloud_backup.query")).toEqual([]);
    expect(Object.keys(seedless.console.checksums(PHOTOS))).toHaveLength(NAMES.length);
    await seedless.stop();
  });
});
