import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fingerprint } from "../../../truenas/index.ts";
import { refusal, type Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

let site: Site;
const made = (method: string) => site.appliance.calls.filter((call) => call.method === method).length;
const siblings = (count: number, prefix = "s") => Array.from({ length: count }, (_, at) => `tank/${prefix}${at}`);
const createDatasets = (names: readonly string[]) =>
  Promise.all(names.map((name) => site.plugin.create("Dataset", name, { name })));
const task = { dataset: "tank/a", namingSchema: "daily-%Y-%m-%d_%H-%M", lifetimeValue: 1, lifetimeUnit: "WEEK" };
const share = { path: "/mnt/tank/a" };
const permissions = { path: "/mnt/tank/a", mode: "750" };

/** One object of each of four kinds, asked for at the same time. */
const createOfFourKinds = () =>
  Promise.all([
    site.plugin.create("Dataset", "b", { name: "tank/b" }),
    site.plugin.create("SnapshotTask", "daily", task),
    site.plugin.create("NfsShare", "a", share),
    site.plugin.create("FilesystemAcl", "a", permissions),
  ]);

/** Everything that the four kinds are looked up in is read, and `tank/a` exists. */
async function prepare(): Promise<void> {
  await createDatasets(["tank/a"]);
  await Promise.all([
    site.plugin.read("SnapshotTask", "tank/none@daily-%Y-%m-%d_%H-%M"),
    site.plugin.read("NfsShare", "/mnt/tank/none"),
  ]);
  site.appliance.resetCounters();
}

beforeEach(async () => {
  site = await Site.start();
  await site.makePool("tank");
});
afterEach(async () => {
  await site.stop();
});

describe("what is asked at the same time", () => {
  test("by many first calls is the version once, the datasets once, and the rest together", async () => {
    await Promise.all([
      ...siblings(20).map((name) => site.plugin.read("Dataset", name)),
      site.plugin.read("Pool", "tank"),
      site.plugin.read("Service", "nfs"),
      site.plugin.read("NfsShare", "/mnt/tank/none"),
    ]);

    const { sshConnections, midcltProcesses, middlewareCalls } = site.appliance.counters;
    expect({ sshConnections, midcltProcesses, middlewareCalls }).toEqual({
      sshConnections: 1,
      midcltProcesses: 3,
      middlewareCalls: 6,
    });
    expect(made("system.version_short")).toBe(1);
    expect(made("pool.dataset.query")).toBe(1);
  });

  test("of a namespace later on costs nothing", async () => {
    await site.plugin.read("Dataset", "tank");
    site.appliance.resetCounters();

    await Promise.all(siblings(20).map((name) => site.plugin.read("Dataset", name)));

    expect(site.appliance.counters.midcltProcesses).toBe(0);
  });
});

describe("what is written at the same time", () => {
  test("is one process for fifty siblings", async () => {
    await createDatasets(["tank/a"]);
    site.appliance.resetCounters();

    await createDatasets(siblings(50));

    const { sshConnections, midcltProcesses, writes } = site.appliance.counters;
    expect({ sshConnections, midcltProcesses, writes }).toEqual({ sshConnections: 0, midcltProcesses: 1, writes: 50 });
  });

  test("is one process for objects of four kinds", async () => {
    await prepare();

    await createOfFourKinds();

    expect(site.appliance.counters).toMatchObject({ midcltProcesses: 1, writes: 4 });
  });

  test("fails for the one that is refused, and for no other of its kind or of another", async () => {
    await prepare();

    const wrong = refusal(site.plugin.create("Dataset", "orphan", { name: "tank/nowhere/orphan" }));
    await createOfFourKinds();

    expect(await wrong).toContain("pool.dataset.create was refused");
    expect(site.appliance.counters.midcltProcesses).toBe(1);
  });

  test("gathers while a slow one is under way", async () => {
    await createDatasets(["tank/a"]);
    site.appliance.resetCounters();
    site.appliance.faults.slowCall({ method: "pool.dataset.create", ms: 1500 });

    const first = createDatasets(["tank/slow"]);
    await vi.waitFor(() => expect(site.appliance.counters.midcltProcesses).toBe(1));
    const others: Promise<unknown>[] = [];
    for (const name of siblings(20)) {
      others.push(createDatasets([name]));
      await site.plugin.read("Dataset", "tank");
    }
    await Promise.all([first, ...others]);

    expect(site.appliance.counters.midcltProcesses).toBe(2);
  });

  test("goes method by method once the middleware has refused a bulk within a bulk", async () => {
    await prepare();
    const mixed = (params: readonly unknown[]) => params[0] === "core.bulk";
    site.appliance.faults.errorOn({
      method: "core.bulk",
      match: mixed,
      text: "[EPERM] Not authorized",
      times: Number.POSITIVE_INFINITY,
    });

    await createOfFourKinds();

    expect(site.appliance.counters).toMatchObject({ midcltProcesses: 5, writes: 4 });
  });

  test("is looked for before it is repeated, each in its place, when the answer to all of it is lost", async () => {
    await prepare();
    site.appliance.faults.dropConnection({ when: "after", method: "sharing.nfs.create" });

    await createOfFourKinds();

    const writes = ["pool.dataset.create", "pool.snapshottask.create", "sharing.nfs.create"];
    expect(writes.map(made)).toEqual([1, 1, 1]);
  });
});

describe("an own write makes known", () => {
  test("the row that it answers with", async () => {
    const { outputs } = await site.plugin.create("Dataset", "a", { name: "tank/a" });
    const inputs: Values = { name: "tank/a", compression: "ZSTD" };
    await site.plugin.update("Dataset", {
      id: "tank/a",
      oldInputs: { name: "tank/a" },
      oldOutputs: outputs,
      news: inputs,
    });

    expect((await site.plugin.read("Dataset", "tank/a", { inputs, outputs })).inputs).toEqual(inputs);
    expect(made("pool.dataset.query")).toBe(1);
  });

  test("how a service is by now", async () => {
    const inputs = { service: "nfs", enable: true, running: true };
    const { outputs } = await site.plugin.create("Service", "nfs", inputs);

    expect((await site.plugin.read("Service", "nfs", { inputs, outputs })).inputs).toEqual(inputs);
    expect(made("service.query")).toBe(1);
  });

  test("which disks are taken", async () => {
    const pool = (name: string) => ({
      name,
      topology: { data: [{ type: "MIRROR", disks: ["S5", "S6"] }] },
      create: fingerprint(["S5", "S6"]),
    });
    await site.plugin.create("Pool", "flash", pool("flash"));

    expect(await refusal(site.plugin.create("Pool", "other", pool("other")))).toContain("in use by pool flash");
    expect(made("disk.details")).toBe(1);
    expect(made("pool.create")).toBe(1);
  });
});
