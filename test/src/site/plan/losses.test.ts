import { describe, expect, test } from "vitest";
import { planOf } from "../../../support/protected-site.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const photos = { quota: "1 TB", snapshots: [{ tier: "daily" }] };
const toVault = {
  source: { appliance: "nas", dataset: "tank/photos" },
  target: { appliance: "vault", dataset: "cold/photos" },
};
const toCloud = {
  source: { appliance: "nas", dataset: "tank/photos" },
  method: "restic",
  cloud: "backblaze",
  versions: "30 days",
  keep: 30,
  bucket: "home-photos",
  schedule: "0 3 * * *",
};
const copies = { photos: {} };

describe("what a loss costs", () => {
  test("a mistake costs what came since the last snapshot; without a copy anything larger costs everything", () => {
    const { rpo, rto } = planOf({ datasets: { photos } }, "tank/photos");

    expect(rpo).toEqual({ mistake: DAY, pool: null, host: null, site: null });
    expect(rto).toEqual({ mistake: 300, pool: null, host: null, site: null });
  });

  test("a pool or a machine costs what came since the last replication, and its transfer", () => {
    const plan = planOf({ datasets: { photos }, copies, replications: { photos: toVault } }, "tank/photos");

    // One percent of a terabyte, at the 400 MB/s of one stream over 10 Gbit/s.
    expect(plan.rpo).toEqual({ mistake: DAY, pool: DAY + 25, host: DAY + 25, site: null });
    // A pool, one up and tests, and for a machine its installation; then a terabyte at 400 MB/s.
    expect(plan.rto).toEqual({ mistake: 300, pool: 6300 + 2500, host: 9900 + 2500, site: null });
    expect([plan.rpoSeconds, plan.rtoSeconds]).toEqual([plan.rpo.host, plan.rto.host]);
  });

  test("the house costs what came since the last run offsite, over the line that the site has", () => {
    const recovery = { upload: "80 Mbit/s", download: "800 Mbit/s" };
    const plan = planOf({ datasets: { photos }, offsites: { photos: toCloud }, more: { recovery } }, "tank/photos");

    expect(plan.rpo.site).toBe(DAY + 10e9 / 8e6);
    expect(plan.rto.site).toBe(9900 + 1e12 / 80e6);
  });

  test("where two copies outlive a loss, data comes back from the newer one", () => {
    const hourly = { quota: "1 TB", snapshots: [{ tier: "hourly" }] };
    const plan = planOf(
      { datasets: { photos: hourly }, copies, replications: { photos: toVault }, offsites: { photos: toCloud } },
      "tank/photos",
    );

    expect([plan.rpo.pool, plan.rpo.site]).toEqual([HOUR + 2, DAY + 2500]);
  });

  test("a copy on a machine that is not there brings nothing back", () => {
    const plan = planOf(
      {
        datasets: { photos },
        copies,
        replications: { photos: toVault },
        cellar: { state: "offline", reason: "moved" },
      },
      "tank/photos",
    );

    expect(plan.copies.map(({ by, waits }) => [by, waits])).toEqual([
      ["daily", undefined],
      ["photos", { host: "cellar", state: "offline" }],
    ]);
    expect([plan.rpo.host, plan.copiesCount, plan.media]).toEqual([null, 1, 1]);
  });

  test("a machine in maintenance is there", () => {
    const cellar = { state: "maintenance", reason: "a new fan" };
    const plan = planOf({ datasets: { photos }, copies, replications: { photos: toVault }, cellar }, "tank/photos");

    expect(plan.rpo.host).toBe(DAY + 25);
  });

  test("a mirror that keeps no states outlives a machine, but repeats a mistake", () => {
    const rsync = { ...toVault, method: "rsync", schedule: "0 */6 * * *" };
    const plan = planOf(
      { datasets: { photos: { quota: "1 TB" } }, copies, replications: { photos: rsync } },
      "tank/photos",
    );

    expect([plan.rpo.mistake, plan.rpo.host]).toEqual([null, 6 * HOUR + 7]);
  });

  test("a virtual machine on the same machine is lost with it", () => {
    const rsync = {
      source: toVault.source,
      target: { host: "staging", path: "D:/photos" },
      method: "syncthing",
    };
    const hosts = {
      box: { kind: "bare-metal", state: "online" },
      cellar: { kind: "bare-metal", state: "online" },
      staging: { kind: "windows-vm", state: "online", runsOn: "box" },
    };
    const plan = planOf({ datasets: { photos }, replications: { photos: rsync }, more: { hosts } }, "tank/photos");

    expect(plan.copies.at(-1)).toMatchObject({ place: "other-pool", medium: "staging:D:/photos", everySeconds: HOUR });
    expect([plan.rpo.pool, plan.rpo.host]).toEqual([HOUR + 2, null]);
  });
});

describe("a replication with a schedule of its own", () => {
  test.each([
    // Half an hour after the snapshot: it loses a day and half an hour, not two days.
    ["0 1 * * *", DAY + HOUR / 2],
    // Just before the snapshot: it always carries yesterday's.
    ["0 0 * * *", DAY + 23.5 * HOUR],
    ["0 1 * * 7", 7 * DAY + HOUR / 2],
  ])("at %s carries what was taken last", (schedule, lag) => {
    const replications = { photos: { ...toVault, tier: "daily", schedule } };
    const plan = planOf({ datasets: { photos: { ...photos, quota: "1 GiB" } }, copies, replications }, "tank/photos");

    expect(plan.copies.at(-1)?.worstAgeSeconds).toBe(lag + 1);
  });
});

describe("three copies on two media, one of them away", () => {
  test("are what replication and an offsite copy make", () => {
    const plan = planOf(
      { datasets: { photos }, copies, replications: { photos: toVault }, offsites: { photos: toCloud } },
      "tank/photos",
    );

    expect(plan).toMatchObject({ copiesCount: 3, media: 3, offsite: true, threeTwoOne: true });
  });

  test("are also there where the copy is what goes away", () => {
    const source = { appliance: "vault", dataset: "cold/photos" };
    const plan = planOf(
      { datasets: { photos }, copies, replications: { photos: toVault }, offsites: { photos: { ...toCloud, source } } },
      "tank/photos",
    );

    expect(plan.copies.map(({ by, place, worstAgeSeconds }) => [by, place, worstAgeSeconds])).toEqual([
      ["daily", "same-pool", DAY],
      ["photos", "other-host", DAY + 25],
      ["photos", "offsite", DAY + 25 + DAY + 2500],
    ]);
    expect(plan.threeTwoOne).toBe(true);
  });

  test("are not what snapshots make", () => {
    const snapshots = [{ tier: "hourly" }, { tier: "daily" }];

    expect(planOf({ datasets: { photos: { snapshots } } }, "tank/photos")).toMatchObject({
      copiesCount: 1,
      media: 1,
      offsite: false,
      threeTwoOne: false,
    });
  });
});
