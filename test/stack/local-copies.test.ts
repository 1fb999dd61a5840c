import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SiteYaml } from "../support/site-yaml.ts";
import { World } from "../support/world.ts";

const DAY = 24 * 3600 * 1000;
const owned = { class: "runtime", owner: "primary-nas" };
const pool = (letter: string, create: string, datasets: object) => ({
  create,
  diskSize: "100 GB",
  topology: { data: [{ type: "MIRROR", disks: [`${letter}-1`, `${letter}-2`] }] },
  datasets,
});

/** One appliance, whose second pool keeps what both tiers of the first one take. */
const site = {
  name: "home",
  ownership: { model: "nas-centric", phase: "steady" },
  networks: { lan: { vlan: 20, cidr: "198.51.100.0/24", purpose: "people" } },
  hosts: { box: { kind: "bare-metal", state: "online" } },
  snapshotTiers: {
    hourly: { schedule: "0 * * * *", lifetime: "6 hours" },
    daily: { schedule: "30 0 * * *", lifetime: "2 days" },
  },
  appliances: {
    nas: {
      host: "box",
      role: "primary-nas",
      version: "25.10",
      addresses: { lan: "198.51.100.20" },
      ssh: { network: "lan" },
      pools: {
        fast: pool("F", "b5415fe961cc", {
          desk: { ...owned, purpose: "Work", quota: "50 GB", snapshots: [{ tier: "hourly" }, { tier: "daily" }] },
        }),
        bulk: pool("B", "05462f9e3a7c", { copies: { ...owned, owner: "backup-nas", purpose: "Copies of fast/desk" } }),
      },
    },
  },
  replications: {
    desk: {
      source: { appliance: "nas", dataset: "fast/desk" },
      target: { appliance: "nas", dataset: "bulk/copies" },
      lifetime: "14 days",
    },
  },
} as unknown as SiteYaml;

describe("copies on another pool of the same appliance, of all tiers at once", () => {
  const world = new World("lab", { policyPacks: [] }, new Date("2026-03-01T00:00:00Z"));
  const nas = () => world.appliance("nas");
  const names = async (dataset: string) => {
    const rows = await nas().call("zfs.snapshot.query", [["dataset", "=", dataset]]);
    return (rows as { snapshot_name: string }[]).map(({ snapshot_name }) => snapshot_name).sort();
  };

  beforeAll(async () => {
    await world.settle(site);
    nas().console.write("/mnt/fast/desk/report.txt", "a report");
    await nas().clock.advance(4 * DAY);
  });
  afterAll(() => world.close());

  test("are taken without a connection, and hold what their source holds and what it no longer does", async () => {
    const [task] = (await nas().call("replication.query")) as Record<string, unknown>[];
    const [source, copies] = [await names("fast/desk"), await names("bulk/copies")];

    expect(task).toMatchObject({ transport: "LOCAL", ssh_credentials: null, state: { state: "FINISHED" } });
    expect(await nas().call("keychaincredential.query")).toEqual([]);
    expect(nas().console.checksums("/mnt/bulk/copies")).toEqual(nas().console.checksums("/mnt/fast/desk"));
    expect(copies).toEqual(expect.arrayContaining(source));
    expect(copies.filter((name) => name.startsWith("hourly"))).toHaveLength(96);
    expect(copies.filter((name) => name.startsWith("daily"))).toHaveLength(4);
    expect(source.filter((name) => name.startsWith("hourly"))).toHaveLength(6);
    expect(source.filter((name) => name.startsWith("daily"))).toHaveLength(2);
  });
});
