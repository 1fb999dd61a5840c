import { describe, expect, test } from "vitest";
import { refusal } from "./support/appliance.ts";
import { GIB, HOUR, HOURLY, Pair, snapshotsOf, tree } from "./support/pair.ts";

type Values = Readonly<Record<string, unknown>>;

/** A property of a dataset: its value and where it comes from. */
async function property(pair: Pair, dataset: string, name: string): Promise<unknown[]> {
  const nas = dataset.startsWith("fast") ? pair.din : pair.grogu;
  const row = (await nas.call("pool.dataset.query", [["id", "=", dataset]], { get: true })) as Values;
  const { rawvalue, source } = row[name] as Values;
  return [rawvalue, source];
}

describe("a replication", () => {
  test("sends everything whole the first time, and only what changed from then on", async () => {
    const pair = await Pair.start();
    const { din, grogu, world } = pair;
    await tree(pair);
    din.console.write("/mnt/fast/data/a/one.txt", "one", 1_000_000);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task] });
    expect(await pair.state(id)).toEqual({ state: "PENDING" });

    await world.advance(HOUR);
    din.console.write("/mnt/fast/data/a/two.txt", "two", 2_000);
    din.console.write("/mnt/fast/data/a/one.txt", "another", 500_000);
    await world.advance(HOUR);

    expect(await pair.state(id)).toEqual({
      state: "FINISHED",
      datetime: { $date: Date.UTC(2026, 2, 1, 2) },
      warnings: [],
      last_snapshot: "fast/data/b@hourly-2026-03-01_02-00",
    });
    for (const dataset of ["data", "data/a", "data/b"])
      expect(await snapshotsOf(grogu, `backup/${dataset}`)).toEqual(await snapshotsOf(din, `fast/${dataset}`));
    expect(grogu.console.checksums("/mnt/backup/data")).toEqual(din.console.checksums("/mnt/fast/data"));
    const old = ".zfs/snapshot/hourly-2026-03-01_01-00";
    expect(grogu.console.read(`/mnt/backup/data/a/${old}/one.txt`)).toBe("one");
    const sent = din.transfers.filter(({ snapshot }) => snapshot.startsWith("fast/data/a@"));
    expect(sent.map(({ from, bytes }) => [from, bytes])).toEqual([
      [null, 1_004_096],
      ["hourly-2026-03-01_01-00", 506_096],
    ]);
  });

  test("leaves out what is excluded, and makes copies read-only from the top down", async () => {
    const pair = await Pair.start();
    const { din, grogu, world } = pair;
    await tree(pair, ["a", "b", "b/c"]);
    await din.call("pool.dataset.update", "fast/data/a", {
      quota: GIB,
      compression: "ZSTD",
      readonly: "OFF",
      comments: "kept",
      user_properties_update: [{ key: "homelab:class", value: "runtime" }],
    });
    const task = await pair.snapshots({ dataset: "fast/data" });
    await pair.replication({
      periodic_snapshot_tasks: [task],
      exclude: ["fast/data/b"],
      properties_exclude: ["quota", "homelab:class"],
      properties_override: { atime: "off" },
    });

    await world.advance(HOUR);
    // What says that it can be written to is believed once, and overruled from then on.
    expect(await property(pair, "backup/data/a", "readonly")).toEqual(["off", "RECEIVED"]);
    await world.advance(3 * HOUR);

    const there = (await grogu.call("pool.dataset.query", [["id", "^", "backup/data"]])) as { id: string }[];
    expect(there.map(({ id }) => id)).toEqual(["backup/data", "backup/data/a"]);
    expect(await property(pair, "backup/data", "readonly")).toEqual(["on", "LOCAL"]);
    expect(await property(pair, "backup/data/a", "readonly")).toEqual(["on", "INHERITED"]);
    expect(await property(pair, "backup/data/a", "compression")).toEqual(["zstd", "RECEIVED"]);
    expect(await property(pair, "backup/data/a", "atime")).toEqual(["off", "LOCAL"]);
    expect(await property(pair, "backup/data/a", "quota")).toEqual(["0", "DEFAULT"]);
    const [copy] = (await grogu.call("pool.dataset.query", [["id", "=", "backup/data/a"]])) as Values[];
    expect(Object.keys((copy?.["user_properties"] ?? {}) as Values)).toEqual(["comments"]);
    expect(() =>
      grogu.client({ protocol: "nfs", path: "/mnt/backup/data", address: "10.0.0.1", uid: 0, gid: 0 }).write(1),
    ).toThrow();
  });

  test("does not write over data that it did not bring, unless it may destroy it", async () => {
    const pair = await Pair.start();
    const { grogu } = pair;
    await tree(pair);
    await grogu.call("pool.dataset.create", { name: "backup/data" });
    grogu.console.write("/mnt/backup/data/mine.txt", "mine");
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task], auto: false });
    expect(await refusal(pair.din, "replication.run", id)).toBe(
      "[EFAULT] Dataset 'fast/data' does not have any matching snapshots to replicate.",
    );
    await pair.din.call("pool.snapshottask.run", task);

    const refused =
      "Target dataset 'backup/data' does not have matching snapshots but has data (e.g. 'mine.txt') and replication from scratch is not allowed. Refusing to overwrite existing data.";
    expect(await refusal(pair.din, "replication.run", id)).toBe(`[EFAULT] ${refused}`);
    expect(await pair.state(id)).toMatchObject({ state: "ERROR", error: refused });

    await grogu.call("pool.snapshot.create", { dataset: "backup/data", name: "auto-2026-01-01_00-00" });
    expect(await refusal(pair.din, "replication.run", id)).toBe(
      "[EFAULT] No incremental base on dataset 'fast/data' and replication from scratch is not allowed.",
    );
    expect(grogu.console.read("/mnt/backup/data/mine.txt")).toBe("mine");

    await pair.din.call("replication.update", id, { allow_from_scratch: true });
    await pair.din.call("replication.run", id);
    expect(grogu.console.read("/mnt/backup/data/mine.txt")).toBe(undefined);
    expect(await snapshotsOf(grogu, "backup/data")).toEqual(["hourly-2026-03-01_00-30"]);
  });

  test("undoes changes of a copy, and takes away copies that are younger than what both sides have", async () => {
    const pair = await Pair.start();
    const { din, grogu, world } = pair;
    await tree(pair, []);
    din.console.write("/mnt/fast/data/a.txt", "a");
    const task = await pair.snapshots({ dataset: "fast/data" });
    await pair.replication({ periodic_snapshot_tasks: [task], readonly: "IGNORE" });
    await world.advance(HOUR);

    grogu.console.write("/mnt/backup/data/a.txt", "tampered");
    await grogu.call("pool.snapshot.create", { dataset: "backup/data", name: "manual" });
    await world.advance(HOUR);

    expect(grogu.console.read("/mnt/backup/data/a.txt")).toBe("a");
    expect(await snapshotsOf(grogu, "backup/data")).toEqual(await snapshotsOf(din, "fast/data"));
  });

  test("keeps copies as long as it is told to", async () => {
    const pair = await Pair.start();
    const { din, grogu, world } = pair;
    await tree(pair, []);
    const task = await pair.snapshots({ dataset: "fast/data", lifetime_value: 2 });
    const bound = { periodic_snapshot_tasks: [task] };
    await pair.replication({ ...bound, name: "source", target_dataset: "backup/source" });
    await pair.replication({ ...bound, name: "none", target_dataset: "backup/none", retention_policy: "NONE" });
    await pair.replication({
      ...bound,
      name: "custom",
      target_dataset: "backup/custom",
      retention_policy: "CUSTOM",
      lifetime_value: 4,
      lifetime_unit: "HOUR",
      lifetimes: [{ schedule: { minute: "0", hour: "3" }, lifetime_value: 1, lifetime_unit: "DAY" }],
    });
    await world.advance(12 * HOUR);

    const hours = async (nas: typeof din, dataset: string) =>
      (await snapshotsOf(nas, dataset)).map((name) => Number(name.slice(-5, -3)));
    expect(await hours(din, "fast/data")).toEqual([11, 12]);
    expect(await hours(grogu, "backup/source")).toEqual([11, 12]);
    expect(await hours(grogu, "backup/custom")).toEqual([3, 8, 9, 10, 11, 12]);
    expect(await hours(grogu, "backup/none")).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("waits while a pool is away, and shows what it does while it runs", async () => {
    const pair = await Pair.start();
    const { din } = pair;
    await tree(pair);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task], auto: false });
    await din.call("pool.snapshottask.run", task);

    din.faults.poolStatus("fast", "FAULTED");
    expect(await pair.state(id)).toEqual({
      state: "HOLD",
      datetime: { $date: Date.UTC(2026, 2, 1, 0, 30) },
      reason: "Pool fast is offline.",
    });
    expect(await refusal(din, "replication.run", id)).toBe("[EFAULT] Task is on hold");
    din.faults.healPool("fast");

    const running = din.call("replication.run", id);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await pair.state(id)).toMatchObject({ state: "RUNNING" });
    const again = refusal(din, "replication.run", id);
    expect(await again).toBe("[EFAULT] Task is already running");
    expect(await running).toBe(null);
    const jobs = (await din.call("core.get_jobs", [["method", "=", "replication.run"]])) as Values[];
    expect(jobs.map(({ state, progress }) => [state, (progress as Values)["description"]])).toEqual([
      ["FAILED", ""],
      ["SUCCESS", "Sending 3 of 3: fast/data/b@hourly-2026-03-01_00-30"],
      ["FAILED", ""],
    ]);
    await din.call("replication.update", id, { enabled: false });
    expect(await refusal(din, "replication.run", id)).toBe("[EFAULT] Task is not enabled");
  });

  test("in the other direction brings everything back, with its checksums", async () => {
    const pair = await Pair.start();
    const { din, grogu, world } = pair;
    await tree(pair);
    for (const name of ["a/one", "a/two", "b/three"]) din.console.write(`/mnt/fast/data/${name}.txt`, name, 10_000);
    await din.call("filesystem.setperm", { path: "/mnt/fast/data/a", mode: "750", uid: 568, gid: 568 });
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task] });
    await world.advance(HOUR);
    const before = din.console.checksums("/mnt/fast/data");
    await din.call("pool.dataset.delete", "fast/data", { recursive: true });
    expect(await din.call("replication.query")).toEqual([]);

    const once = {
      direction: "PULL",
      transport: "SSH",
      ssh_credentials: pair.connection,
      sudo: true,
      source_datasets: ["backup/data"],
      target_dataset: "fast/data",
      recursive: true,
      naming_schema: [HOURLY],
      retention_policy: "NONE",
      readonly: "IGNORE",
      properties_exclude: ["readonly"],
    };
    expect(await din.call("replication.run_onetime", once)).toBe(null);

    expect(id).toBe(1);
    expect(din.console.checksums("/mnt/fast/data")).toEqual(before);
    expect(await snapshotsOf(din, "fast/data/a")).toEqual(await snapshotsOf(grogu, "backup/data/a"));
    expect(await property(pair, "fast/data/a", "readonly")).toEqual(["off", "DEFAULT"]);
    expect(await din.call("filesystem.stat", "/mnt/fast/data/a")).toMatchObject({ uid: 568, gid: 568, mode: 0o40750 });
    expect(await refusal(din, "replication.run_onetime", { ...once, only_from_scratch: true })).toBe(
      "[EFAULT] Target dataset 'fast/data' already exists.",
    );
  });

  test("has an opposite that somebody can make of it", async () => {
    const pair = await Pair.start();
    await tree(pair);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task], also_include_naming_schema: ["x-%s"] });

    expect(
      await pair.din.call("replication.restore", id, { name: "back", target_dataset: "fast/restored" }),
    ).toMatchObject({
      name: "back",
      direction: "PULL",
      source_datasets: ["backup/data"],
      target_dataset: "fast/restored",
      naming_schema: [HOURLY, "x-%s"],
      retention_policy: "NONE",
      auto: false,
      enabled: false,
    });
  });
});
