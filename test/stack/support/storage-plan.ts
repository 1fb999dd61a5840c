import { expect } from "vitest";
import { fingerprint } from "../../../truenas/index.ts";
import { expectFine } from "../../support/world.ts";
import { deeds, type Storage, type Written } from "./storage.ts";

const DISKS = ["S1", "S2"];
const POOL = ["Pool tank"];

const dataset = (name: string, ...after: string[]): Written => ({
  type: "Dataset",
  name,
  props: { name: `tank/${name}`, compression: "ZSTD", userProperties: { "homelab:class": "runtime" } },
  after: [...POOL, ...after],
});

/** A pool and something of everything on it. */
export const PLAN: readonly Written[] = [
  {
    type: "Pool",
    name: "tank",
    props: {
      name: "tank",
      topology: { data: [{ type: "MIRROR", disks: DISKS }] },
      create: fingerprint(DISKS),
      autotrim: "ON",
    },
  },
  ...["a", "b", "c"].map((name) => dataset(name)),
  dataset("a/below", "Dataset a"),
  { type: "Zvol", name: "disk", props: { name: "tank/disk", volsize: 1024 ** 3 }, after: POOL },
  ...["a", "b", "c"].flatMap((name): Written[] => {
    const after = [`Dataset ${name}`];
    return [
      { type: "FilesystemAcl", name, props: { path: `/mnt/tank/${name}`, user: "apps", mode: "770" }, after },
      { type: "NfsShare", name, props: { path: `/mnt/tank/${name}`, ro: true }, after },
      { type: "SmbShare", name, props: { name, path: `/mnt/tank/${name}`, comment: "all" }, after },
      { type: "SnapshotTask", name, props: { dataset: `tank/${name}`, namingSchema: "x-%s" }, after },
    ];
  }),
  { type: "ScrubTask", name: "tank", props: { pool: "tank", threshold: 6 }, after: POOL },
  { type: "Service", name: "nfs", props: { service: "nfs", enable: true, running: true }, after: ["NfsShare a"] },
];

/** What the appliance lists of the plan, each object by its name as often as it is there. */
async function inventory(storage: Storage): Promise<Record<string, unknown[]>> {
  const listed = async (namespace: string, name: string) =>
    (await storage.rows(namespace)).map((row) => row[name]).sort();

  return {
    pools: await listed("pool", "name"),
    datasets: await listed("pool.dataset", "id"),
    exports: await listed("sharing.nfs", "path"),
    shares: await listed("sharing.smb", "name"),
    tasks: await listed("pool.snapshottask", "dataset"),
    scrubs: await listed("pool.scrub", "pool_name"),
  };
}

/** The inventory of the plan when everything is there once. */
const COMPLETE = {
  pools: ["tank"],
  datasets: ["tank", "tank/a", "tank/a/below", "tank/b", "tank/c", "tank/disk"],
  exports: ["/mnt/tank/a", "/mnt/tank/b", "/mnt/tank/c"],
  shares: ["a", "b", "c"],
  tasks: ["tank/a", "tank/b", "tank/c"],
  scrubs: ["tank"],
};

/** Ends every fault and runs again: everything declared is there once and recorded, and nothing is left to do. */
export async function expectComplete(storage: Storage): Promise<void> {
  await storage.appliance.faults.clear();
  expectFine(await storage.stack(PLAN).up({ skipPreview: true }));
  expect(await inventory(storage)).toEqual(COMPLETE);
  expect(Object.keys(await storage.recorded()).sort()).toEqual(PLAN.map(({ type, name }) => `${type} ${name}`).sort());
  const { writes } = storage.appliance.counters;
  const second = await storage.stack(PLAN).up({ refresh: true, skipPreview: true });
  expectFine(second);
  expect(deeds(second).filter((deed) => !deed.startsWith("refresh "))).toEqual([]);
  expect(storage.appliance.counters.writes).toBe(writes);
}
