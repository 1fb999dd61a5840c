import { expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance } from "./support/appliance.ts";
import { DAY, HOUR, HOURLY, snapshotsOf } from "./support/pair.ts";

type Values = Readonly<Record<string, unknown>>;

const NOW = new Date("2026-03-01T00:30:00Z");

async function task(nas: SimulatedTrueNas, values: Values): Promise<number> {
  const usual = { dataset: "tank", naming_schema: HOURLY, lifetime_value: 3, lifetime_unit: "HOUR" };
  return ((await nas.call("pool.snapshottask.create", { ...usual, ...values })) as { id: number }).id;
}

const hours = async (nas: SimulatedTrueNas, dataset = "tank") =>
  (await snapshotsOf(nas, dataset)).map((name) => Number(name.slice(-5, -3)));

test("a snapshot goes the moment that it has outlived its lifetime; a month is 30 days", async () => {
  const nas = await anAppliance({}, { now: NOW });
  await task(nas, {});
  const monthly = { minute: "0", hour: "12", dom: "1" };
  await task(nas, {
    naming_schema: "monthly-%Y-%m-%d_%H-%M",
    schedule: monthly,
    lifetime_value: 2,
    lifetime_unit: "MONTH",
  });

  await nas.clock.advance(5 * HOUR);
  expect(await hours(nas)).toEqual([3, 4, 5]);

  const monthlies = async () => (await snapshotsOf(nas, "tank")).filter((name) => name.startsWith("monthly"));
  const until = (time: string) => nas.clock.advance(Date.parse(time) - nas.clock.now().getTime());
  await until("2026-05-31T11:30:00Z");
  expect(await monthlies()).toEqual(["monthly-2026-04-01_12-00", "monthly-2026-05-01_12-00"]);
  await until("2026-05-31T12:30:00Z");
  expect(await monthlies()).toEqual(["monthly-2026-05-01_12-00"]);
});

test("it belongs to a task only when schema and schedule both fit its name", async () => {
  const nas = await anAppliance({}, { now: NOW });
  const id = await task(nas, { schedule: { minute: "0", hour: "*/2" } });
  for (const name of [
    "hourly-2026-02-01_02-00",
    "hourly-2026-02-01_03-00",
    "hourly-2026-02-01_02-05",
    "daily-2026-02-01_02-00",
  ])
    await nas.call("pool.snapshot.create", { dataset: "tank", name });

  await nas.clock.advance(2 * HOUR);

  expect(await snapshotsOf(nas, "tank")).toEqual([
    "hourly-2026-02-01_03-00",
    "hourly-2026-02-01_02-05",
    "daily-2026-02-01_02-00",
    "hourly-2026-03-01_02-00",
  ]);
  expect(await nas.call("pool.snapshottask.delete_will_change_retention_for", id)).toEqual({
    tank: ["hourly-2026-03-01_02-00"],
  });
});

test("it is kept as long as the longest of its tasks says, and as long as somebody holds it", async () => {
  const nas = await anAppliance({}, { now: NOW });
  await task(nas, {});
  await task(nas, { schedule: { minute: "0", hour: "2" }, lifetime_value: 1, lifetime_unit: "DAY" });
  await nas.clock.advance(3 * HOUR);
  await nas.call("pool.snapshot.hold", "tank@hourly-2026-03-01_03-00");

  await nas.clock.advance(9 * HOUR);

  expect(await hours(nas)).toEqual([2, 3, 10, 11, 12]);
  await nas.call("pool.snapshot.release", "tank@hourly-2026-03-01_03-00");
  await nas.clock.advance(HOUR);
  expect(await hours(nas)).toEqual([2, 11, 12, 13]);
});

test("the youngest of a schema stays when all of it would go", async () => {
  const nas = await anAppliance({}, { now: NOW });
  await nas.call("pool.dataset.create", { name: "tank/a" });
  await nas.call("pool.dataset.create", { name: "tank/b" });
  const id = await task(nas, { dataset: "tank", recursive: true });
  await nas.clock.advance(3 * HOUR);
  await nas.call("pool.snapshottask.update", id, { exclude: ["tank/b"] });
  await task(nas, {
    dataset: "tank/b",
    enabled: true,
    schedule: { minute: "0", hour: "*", begin: "00:00", end: "03:59" },
  });

  await nas.clock.advance(9 * HOUR);

  expect(await hours(nas, "tank/a")).toEqual([10, 11, 12]);
  expect(await hours(nas, "tank/b")).toEqual([3]);
});

test("what an edited or deleted task no longer owns stays for ever, unless its date is fixed", async () => {
  const nas = await anAppliance({}, { now: NOW });
  for (const name of ["edited", "fixed", "deleted", "shortened"])
    await nas.call("pool.dataset.create", { name: `tank/${name}` });
  const of = (name: string) => task(nas, { dataset: `tank/${name}`, lifetime_value: 6 });
  const [edited, fixed, deleted, shortened] = [
    await of("edited"),
    await of("fixed"),
    await of("deleted"),
    await of("shortened"),
  ];
  await task(nas, {});
  await nas.clock.advance(4 * HOUR);

  const change = { schedule: { minute: "0", hour: "*/2" } };
  expect(await nas.call("pool.snapshottask.update_will_change_retention_for", edited, change)).toEqual({
    "tank/edited": ["hourly-2026-03-01_01-00", "hourly-2026-03-01_03-00"],
  });
  expect(
    await nas.call("pool.snapshottask.update_will_change_retention_for", shortened, { lifetime_value: 1 }),
  ).toEqual({});
  await nas.call("pool.snapshottask.update", edited, change);
  await nas.call("pool.snapshottask.update", fixed, { ...change, fixate_removal_date: true });
  await nas.call("pool.snapshottask.delete", deleted, { fixate_removal_date: true });
  await nas.call("pool.snapshottask.update", shortened, { lifetime_value: 1, fixate_removal_date: true });
  const [row] = (await nas.call("pool.snapshot.query", [
    ["id", "=", "tank/fixed@hourly-2026-03-01_01-00"],
  ])) as Values[];
  const host = String(await nas.call("system.host_id")).slice(0, 8);
  expect(row?.["properties"]).toMatchObject({ [`org.truenas:destroy_at_${host}`]: { value: "2026-03-01T07:00:00" } });

  await nas.clock.advance(HOUR);
  expect(await hours(nas, "tank/shortened")).toEqual([5]);
  await nas.clock.advance(DAY);
  expect(await hours(nas, "tank/edited")).toEqual([1, 3, 0, 2, 4]);
  expect(await hours(nas, "tank/fixed")).toEqual([0, 2, 4]);
  expect(await snapshotsOf(nas, "tank/deleted")).toEqual([]);
});

test("a disabled task removes nothing until it is enabled again", async () => {
  const nas = await anAppliance({}, { now: NOW });
  const id = await task(nas, {});
  await nas.call("pool.dataset.create", { name: "tank/other" });
  await task(nas, { dataset: "tank/other" });
  await nas.clock.advance(2 * HOUR);
  await nas.call("pool.snapshottask.update", id, { enabled: false });

  await nas.clock.advance(DAY);
  expect(await hours(nas)).toEqual([1, 2]);

  await nas.call("pool.snapshottask.update", id, { enabled: true });
  await nas.clock.advance(HOUR);
  expect(await hours(nas)).toEqual([3]);
});
