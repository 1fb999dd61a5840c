import { expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { connect } from "./support/ssh.ts";

interface Item {
  readonly job_id: number | null;
  readonly error: string | null;
  readonly result: unknown;
}

test("each item stands alone, in order, and the bulk itself never fails", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);

  const { stdout, exit } = await shell.job("core.bulk", "pool.dataset.create", [
    [{ name: "tank/a" }],
    [{ name: "tank/none/b" }],
    [{ name: "tank/a/c" }],
    [{}],
  ]);

  const items = JSON.parse(stdout) as Item[];
  expect(exit).toBe(0);
  expect(items.map(({ error }) => error)).toEqual([
    null,
    "[EINVAL] pool_dataset_create.name: Parent dataset (tank/none) does not exist.\n",
    null,
    "[EINVAL] data.PoolDatasetCreateFilesystem.name: Field required\n" +
      "[EINVAL] data.PoolDatasetCreateVolume.name: Field required\n" +
      "[EINVAL] data.PoolDatasetCreateVolume.volsize: Field required\n",
  ]);
  expect(items.map(({ result }) => (result as { id: string } | null)?.id ?? null)).toEqual([
    "tank/a",
    null,
    "tank/a/c",
    null,
  ]);
  expect(items.map(({ job_id }) => job_id)).toEqual([null, null, null, null]);
});

test("items of a job method carry their job and its outcome", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/a" });
  const shell = await connect(nas);

  const { stdout } = await shell.job("core.bulk", "filesystem.setperm", [
    [{ path: "/mnt/tank/a", mode: "750" }],
    [{ path: "/mnt/tank", mode: "750" }],
  ]);

  const [good, bad] = JSON.parse(stdout) as [Item, Item];
  expect(good.error).toBeNull();
  expect(bad.error).toBe(
    '[EINVAL] filesystem.setperm.path: The specified path is a ZFS pool mountpoint "(/mnt/tank)" \n',
  );
  expect(Number(bad.job_id) - Number(good.job_id)).toBe(1);
});

test("counts its items as calls and itself not at all", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);

  await shell.job("core.bulk", "pool.dataset.create", [[{ name: "tank/a" }], [{ name: "tank/b" }]]);
  await shell.job("core.bulk", "pool.dataset.get_instance", [["tank/a"], ["tank/none"]]);

  expect(nas.counters).toEqual({ sshConnections: 1, midcltProcesses: 2, middlewareCalls: 4, writes: 2 });
  expect(nas.calls.map(({ method, params, error }) => [method, params, error])).toEqual([
    ["pool.dataset.create", [{ name: "tank/a" }], undefined],
    ["pool.dataset.create", [{ name: "tank/b" }], undefined],
    ["pool.dataset.get_instance", ["tank/a"], undefined],
    ["pool.dataset.get_instance", ["tank/none"], "[ENOENT] None: PoolDataset tank/none does not exist"],
  ]);
  nas.resetCounters();
  expect(nas.counters).toEqual({ sshConnections: 0, midcltProcesses: 0, middlewareCalls: 0, writes: 0 });
  expect(nas.calls).toEqual([]);
});

test("an unknown method fails item by item", async () => {
  const nas = await anAppliance();

  expect(await nas.call("core.bulk", "no.such", [[], []])).toEqual([
    { job_id: null, error: "Method does not exist", result: null },
    { job_id: null, error: "Method does not exist", result: null },
  ]);
});

test("tells its progress in the caller's words", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);

  const { stderr } = await shell.job(
    "core.bulk",
    "pool.dataset.create",
    [[{ name: "tank/a" }], [{ name: "tank/b" }]],
    "making {0[name]}",
  );

  expect(stderr).toBe("making tank/a\nmaking tank/b\n");
});

test("a thousand datasets in a handful of bulks, all of them there after a restart", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);
  const names = Array.from({ length: 1000 }, (_unused, index) => `tank/d${String(index).padStart(4, "0")}`);

  for (let from = 0; from < 1000; from += 500) {
    const { exit } = await shell.job(
      "core.bulk",
      "pool.dataset.create",
      names.slice(from, from + 500).map((name) => [{ name, comments: name }]),
    );
    expect(exit).toBe(0);
  }

  expect(await nas.call("pool.dataset.query", [["id", "^", "tank/"]], { count: true })).toBe(1000);
  expect(nas.counters).toMatchObject({ midcltProcesses: 2, writes: 1000 });
});

test("secrets are masked where calls are remembered", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);

  await shell.call("pool.dataset.create", {
    name: "tank/a",
    encryption: true,
    encryption_options: { passphrase: "correct horse" },
    user_properties: [{ key: "a:key", value: "public" }],
  });

  expect(nas.calls[0]?.params).toEqual([
    {
      name: "tank/a",
      encryption: true,
      encryption_options: { passphrase: "[secret]" },
      user_properties: [{ key: "a:key", value: "public" }],
    },
  ]);
});
