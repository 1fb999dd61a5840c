import { describe, expect, test } from "vitest";
import { type SimulatedTrueNas, type Told, World } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";
import { anApplianceIn, aWorldWithBucket, backupTask } from "./support/cloud.ts";
import { Pair } from "./support/pair.ts";

const NOW = new Date("2026-03-01T00:30:30Z");
const [MINUTE, HOUR] = [60_000, 3_600_000];
const GIB = 1024 ** 3;

interface Entry {
  readonly uuid: string;
  readonly klass: string;
  readonly level: string;
  readonly formatted: string;
  readonly dismissed: boolean;
  readonly one_shot: boolean;
}

const MAIL = { name: "owner", attributes: { type: "Mail", email: "owner@home.lan" }, level: "WARNING", enabled: true };

interface Scene {
  readonly nas: SimulatedTrueNas;
  readonly world: World;
  readonly told: () => readonly Told[];
  readonly classes: () => Promise<string[]>;
  readonly list: () => Promise<Entry[]>;
}

/** An appliance with a pool, and one owner who gets a mail of warnings and worse. */
async function scene(version = "25.10.6"): Promise<Scene> {
  const world = new World({ now: NOW });
  const nas = await anAppliance({ version, name: "din" }, { world });
  await nas.call("mail.update", { fromemail: "nas@home.lan", outgoingserver: "mail.home.lan", port: 25 });
  const { type, ...attributes } = MAIL.attributes;
  const older = version.startsWith("25.04");
  await nas.call("alertservice.create", older ? { ...MAIL, type, attributes } : MAIL);
  await nas.clock.advance(MINUTE);
  const list = async () => (await nas.call("alert.list")) as Entry[];
  return {
    nas,
    world,
    told: () => world.post.told,
    list,
    classes: async () => (await list()).map(({ klass }) => klass),
  };
}

const news = (told: readonly Told[]) => told.map(({ raised, cleared }) => [raised, cleared]);

describe("a pool that fills", () => {
  test("is told of at 85, 90 and 95 %, to those whom the level reaches, within five minutes", async () => {
    const { nas, told, classes, world } = await scene();
    await nas.call("pool.dataset.create", { name: "tank/a" });
    const fill = async (percent: number) => {
      nas.faults.healPool("tank");
      nas.faults.fillPool("tank", percent);
      await nas.clock.advance(5 * MINUTE);
    };

    await fill(80);
    expect(await classes()).toEqual([]);
    await fill(86);
    expect(await classes()).toEqual(["ZpoolCapacityNotice"]);
    expect(told()).toEqual([]);
    await fill(91);
    await fill(96);

    expect(news(told())).toEqual([
      [["ZpoolCapacityWarning"], []],
      [["ZpoolCapacityCritical"], ["ZpoolCapacityWarning"]],
    ]);
    expect(told()[1]).toEqual({
      at: new Date("2026-03-01T00:51:00Z"),
      from: "din",
      through: "mail",
      to: ["owner@home.lan"],
      sender: "nas@home.lan",
      subject: "TrueNAS din.local: Alerts",
      text: [
        ...["TrueNAS @ din", "", "New alert:", "", "  * Space usage for pool 'tank' is 96%.", ""],
        ...["The following alert has been cleared:", "", "  * Space usage for pool 'tank' is 91%.", ""],
        ...["Current alerts:", "", "  * Space usage for pool 'tank' is 96%."],
      ].join("\n"),
      raised: ["ZpoolCapacityCritical"],
      cleared: ["ZpoolCapacityWarning"],
    });
    world.post.clear();
    await fill(50);
    expect(news(told())).toEqual([[[], ["ZpoolCapacityCritical"]]]);
  });

  test("is not spoken of one percent below a step, whatever was said before", async () => {
    const { nas, classes } = await scene();
    nas.faults.fillPool("tank", 96);
    await nas.clock.advance(5 * MINUTE);
    expect(await classes()).toEqual(["ZpoolCapacityCritical"]);

    nas.faults.healPool("tank");
    nas.faults.fillPool("tank", 94);
    await nas.clock.advance(5 * MINUTE);

    expect(await classes()).toEqual([]);
  });
});

describe("a quota", () => {
  test.each([
    ["25.10.6", 60],
    ["25.04.2", 5],
  ])("under %s is told of by its own thresholds, every %i minutes", async (version, minutes) => {
    const { nas, told, list } = await scene(version);
    await nas.call("pool.dataset.create", { name: "tank/a", quota: 10 * GIB, quota_warning: 70, quota_critical: 90 });
    await nas.call("service.control", "START", "nfs", {}).catch(() => nas.call("service.start", "nfs"));
    await nas.call("sharing.nfs.create", { path: "/mnt/tank/a", maproot_user: "root" });
    const client = nas.client({ protocol: "nfs", path: "/mnt/tank/a", address: "10.0.0.9", uid: 0, gid: 0 });
    client.write(6 * GIB);
    await nas.clock.advance(HOUR);
    expect(told()).toEqual([]);

    client.write(1.5 * GIB);
    await nas.clock.advance(minutes * MINUTE);
    expect(await list()).toMatchObject([
      { klass: "QuotaWarning", formatted: "Quota exceeded on dataset tank/a. Used 75.00% (7.5 GiB of 10 GiB)." },
    ]);

    client.write(2 * GIB);
    await nas.clock.advance(minutes * MINUTE);
    expect(news(told())).toEqual([
      [["QuotaWarning"], []],
      [["QuotaCritical"], ["QuotaWarning"]],
    ]);
  });
});

describe("a pool that loses a disk", () => {
  test("is told of once, and again when it is well", async () => {
    const { nas, told } = await scene();

    nas.faults.degradedPool("tank");
    await nas.clock.advance(6 * HOUR);
    expect(news(told())).toEqual([[["VolumeStatus"], []]]);
    expect(told()[0]?.text).toContain("Pool tank state is DEGRADED: One or more devices could not be opened.");
    expect(told()[0]?.text).toContain("* Disk Simulated disk S0 is UNAVAIL");

    nas.faults.healPool("tank");
    await nas.clock.advance(MINUTE);
    expect(news(told())[1]).toEqual([[], ["VolumeStatus"]]);
  });

  test("is told of by the hour or day where the owner wants that, or not at all", async () => {
    const { nas, told, classes } = await scene();
    await nas.call("alertclasses.update", {
      classes: { VolumeStatus: { policy: "HOURLY" }, ScrubPaused: { policy: "DAILY", level: "CRITICAL" } },
    });
    nas.faults.degradedPool("tank");
    nas.faults.pauseScrub("tank");

    await nas.clock.advance(10 * MINUTE);
    expect([told(), await classes()]).toEqual([[], ["VolumeStatus"]]);
    await nas.clock.advance(9 * HOUR);
    expect(told().map(({ at }) => at.toISOString())).toEqual(["2026-03-01T01:00:00.000Z"]);
    expect(await classes()).toEqual(["VolumeStatus", "ScrubPaused"]);
    await nas.clock.advance(24 * HOUR);
    expect(told().map(({ at, raised }) => [at.toISOString(), raised])).toEqual([
      ["2026-03-01T01:00:00.000Z", ["VolumeStatus"]],
      ["2026-03-02T00:00:00.000Z", ["ScrubPaused"]],
    ]);

    await nas.call("alertclasses.update", { classes: { VolumeStatus: { policy: "NEVER" } } });
    expect(await classes()).toEqual(["ScrubPaused"]);
  });
});

describe("a disk that fails", () => {
  test("says so when 25.10 asks it, every 90 minutes", async () => {
    const { nas, list } = await scene();
    await nas.clock.advance(2 * HOUR);

    await nas.faults.failingDisk("S3", { uncorrectedErrors: 8, failedSelfTest: true });
    await nas.clock.advance(90 * MINUTE);

    expect((await list()).map(({ klass, formatted }) => [klass, formatted])).toEqual([
      ["SMARTFailedSelfTest", "sdd (S3) failed a SMART selftest."],
      ["SMARTUncorrectedErrors", "8 uncorrectable errors reported for sdd (S3)."],
    ]);
  });

  test("is told of by 25.04's own service at once and until dismissed, and not while that is off", async () => {
    const { nas, list, told, classes } = await scene("25.04.2");

    await nas.faults.failingDisk("S3");
    const [alert] = await list();
    expect(alert).toMatchObject({ klass: "SMART", level: "CRITICAL", one_shot: true });
    expect(news(told())).toEqual([[["SMART"], []]]);
    await nas.call("alert.dismiss", alert?.uuid);
    expect(await classes()).toEqual([]);

    await nas.call("service.control", "STOP", "smartd", {}).catch(() => nas.call("service.stop", "smartd"));
    await nas.faults.failingDisk("S4");
    await nas.clock.advance(MINUTE);
    expect(await classes()).toEqual(["Smartd"]);
  });
});

describe("tasks", () => {
  test("that take snapshots are told of when they fail, until they succeed", async () => {
    const { nas, told, list } = await scene();
    await nas.call("pool.dataset.create", { name: "tank/a", refreservation: 10 * GIB });
    nas.console.write("/mnt/tank/a/film", "film", GIB);
    await nas.call("pool.snapshottask.create", { dataset: "tank/a", naming_schema: "x-%Y-%m-%d_%H-%M" });
    nas.faults.fullPool("tank");
    await nas.call("alertclasses.update", { classes: { ZpoolCapacityCritical: { policy: "NEVER" } } });

    await nas.clock.advance(HOUR);
    expect((await list()).map(({ formatted }) => formatted)).toEqual([
      "Snapshot Task For Dataset \"tank/a\" failed: cannot create snapshot 'tank/a@x-2026-03-01_01-00': out of space.",
    ]);
    nas.faults.healPool("tank");
    await nas.clock.advance(HOUR);

    expect(news(told())).toEqual([
      [["SnapshotFailed"], []],
      [[], ["SnapshotFailed"]],
    ]);
  });

  test("that replicate tell of every success whom it concerns, and of a failure everybody", async () => {
    const pair = await Pair.start();
    await pair.din.call("pool.dataset.create", { name: "fast/data" });
    const task = await pair.snapshots({ dataset: "fast/data" });
    await pair.replication({ name: "data to grogu", periodic_snapshot_tasks: [task] });
    const classes = async () => ((await pair.din.call("alert.list")) as Entry[]).map(({ klass }) => klass);

    await pair.world.advance(HOUR + MINUTE);
    expect(await classes()).toEqual(["ReplicationSuccess"]);
    await pair.grogu.faults.hostDown();
    await pair.world.advance(HOUR);

    expect(await classes()).toEqual(["ReplicationFailed"]);
  });

  test("of a cloud are told of by a failure of theirs, until they succeed or go", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    await nas.call("cloud_backup.create", backupTask());
    await nas.call("cloudsync.create", {
      ...{ description: "mirror", path: "/mnt/tank/photos", credentials: 1, transfer_mode: "SYNC", direction: "PUSH" },
      attributes: { bucket: "homelab-photos", folder: "/mirror" },
    });
    const formatted = async () => ((await nas.call("alert.list")) as Entry[]).map((alert) => alert.formatted).sort();

    world.cloud.faults.unreachable();
    for (const method of ["cloud_backup.sync", "cloudsync.sync"]) await nas.call(method, 1).catch(() => undefined);
    const both = ['Cloud backup task "photos" failed.', 'Cloud sync task "mirror" failed.'];
    expect(await formatted()).toEqual(both);

    world.cloud.faults.clear();
    await nas.call("cloud_backup.sync", 1);
    expect(await formatted()).toEqual(both.slice(1));
    await nas.call("cloudsync.delete", 1);
    expect(await formatted()).toEqual([]);
  });
});

describe("somebody", () => {
  test("may put an alert away and back; services say no more of it", async () => {
    const { nas, list, told } = await scene();
    nas.faults.degradedPool("tank");
    await nas.clock.advance(MINUTE);
    const [alert] = await list();

    await nas.call("alert.dismiss", alert?.uuid);
    expect((await list()).map(({ dismissed }) => dismissed)).toEqual([true]);
    await nas.call("alert.restore", alert?.uuid);
    expect((await list()).map(({ dismissed }) => dismissed)).toEqual([false]);
    expect(await nas.call("alert.dismiss", "none")).toBe(null);
    expect(told()).toHaveLength(1);
  });

  test("sees which classes a release has, and cannot set others", async () => {
    const { nas } = await scene();
    const { nas: older } = await scene("25.04.2");
    const hardware = async (from: SimulatedTrueNas) => {
      const all = (await from.call("alert.list_categories")) as { id: string; classes: { id: string }[] }[];
      return all.find(({ id }) => id === "HARDWARE")?.classes.map(({ id }) => id);
    };

    expect(await hardware(older)).toEqual(["SMART", "Smartd"]);
    expect(await hardware(nas)).not.toContain("SMART");
    expect(await refusal(older, "alertclasses.update", { classes: { SMARTFailedSelfTest: {} } })).toBe(
      "[EINVAL] alert_class_update.classes.SMARTFailedSelfTest: This alert class does not exist\n",
    );
    expect(await nas.call("alert.list_policies")).toEqual(["IMMEDIATELY", "HOURLY", "DAILY", "NEVER"]);
  });
});

describe("a mail", () => {
  test("that is not taken fails with the reason, and is tried again every ten minutes", async () => {
    const { nas, world, told } = await scene();
    world.post.refuse("mail", "(550, b'5.7.1 relay denied')", 2);

    await expect(nas.call("mail.send", { subject: "Hello", text: "there", to: ["a@home.lan"] })).rejects.toThrow(
      "Failed to send email: (550, b'5.7.1 relay denied')",
    );
    await nas.clock.advance(15 * MINUTE);
    expect(told()).toEqual([]);
    await nas.clock.advance(10 * MINUTE);

    expect(told()).toMatchObject([{ subject: "TrueNAS din.local: Hello", text: "there", to: ["a@home.lan"] }]);
  });

  test("goes nowhere without a server, or where the network's settings forbid it", async () => {
    const { nas, told } = await scene();
    await nas.call("network.configuration.update", { activity: { type: "DENY", activities: ["mail"] } });
    expect(await nas.call("mail.send", { subject: "Hello", text: "there", to: ["a@home.lan"] })).toBe(false);

    await nas.call("network.configuration.update", { activity: { type: "DENY", activities: [] } });
    await nas.call("mail.update", { outgoingserver: "" });
    expect(await refusal(nas, "mail.send", { subject: "Hello", text: "there", to: ["a@home.lan"] })).toBe(
      "[EFAULT] You must provide an outgoing mailserver and mail server port when sending mail",
    );
    expect(await refusal(nas, "mail.send", { subject: "Hello", text: "there" })).toBe(
      "[EFAULT] None of the local administrators has an e-mail address configured",
    );
    expect(told()).toEqual([]);
  });
});

describe("a test of a service", () => {
  const slack = {
    ...{ name: "chat", level: "INFO", enabled: true },
    attributes: { type: "Slack", url: "https://hooks.slack.com/services/T/B/x" },
  };

  test("tells whether it was taken, but of a mail only that it was handed over", async () => {
    const { nas, world, told } = await scene();

    expect(await nas.call("alertservice.test", slack)).toBe(true);
    expect(told()).toMatchObject([
      { through: "Slack", to: ["hooks.slack.com"], text: "TrueNAS @ din\n\nThis is a test alert" },
    ]);
    world.post.refuse("Slack", "404 Client Error: Not Found");
    world.post.refuse("mail", "(550, b'no')");
    expect(await nas.call("alertservice.test", slack)).toBe(false);
    expect(await nas.call("alertservice.test", MAIL)).toBe(true);
    await nas.clock.advance(0);
    const jobs = (await nas.call("core.get_jobs", [["method", "=", "mail.send"]])) as { error: string }[];
    expect(jobs.map(({ error }) => error)).toEqual(["[EFAULT] Failed to send email: (550, b'no')"]);
  });
});
