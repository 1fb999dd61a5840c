import { expect, test } from "vitest";
import { refusal } from "./support/appliance.ts";
import { HOUR, Pair, snapshotsOf } from "./support/pair.ts";

const tree = async ({ din }: Pair) => {
  for (const name of ["fast/data", "fast/data/a", "fast/data/b"]) await din.call("pool.dataset.create", { name });
};

test("snapshots and files reach the target, whole the first time and only what changed from then on", async () => {
  const pair = await Pair.start();
  const { din, grogu, world } = pair;
  await tree(pair);
  din.console.write("/mnt/fast/data/a/one.txt", "one", 1_000_000);
  const task = await pair.snapshots({ dataset: "fast/data" });
  const id = await pair.replication({ periodic_snapshot_tasks: [task] });

  await world.advance(HOUR);
  din.console.write("/mnt/fast/data/a/two.txt", "two", 2_000);
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
  expect(
    din.transfers.filter(({ snapshot }) => snapshot.startsWith("fast/data/a@")).map(({ from, bytes }) => [from, bytes]),
  ).toEqual([
    [null, 1_004_096],
    ["hourly-2026-03-01_01-00", 6_096],
  ]);
});

test("what may not be said of a replication is refused in the middleware's words", async () => {
  const pair = await Pair.start();
  await tree(pair);
  const task = await pair.snapshots({ dataset: "fast/data", exclude: ["fast/data/b"] });
  const bad = (values: object) =>
    refusal(pair.din, "replication.create", { ...pair.push(), name: "x", auto: false, ...values });
  const bound = { periodic_snapshot_tasks: [task] };

  expect(await bad({ ...bound, ssh_credentials: null })).toBe(
    "[EINVAL] replication_create.exclude: You should exclude 'fast/data/b' as bound periodic snapshot task dataset 'fast/data' does\n".replace(
      /^/,
      "[EINVAL] replication_create.ssh_credentials: SSH Credentials are required for non-local replication\n",
    ),
  );
  expect(await bad({})).toContain("You must at least either bind a periodic snapshot task");
});
