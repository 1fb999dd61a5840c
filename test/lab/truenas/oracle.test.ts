import { expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { Oracle, type Protection, type Tier, type When } from "./support/oracle.ts";
import { DAY, GIB, HOUR, Pair, snapshotsOf } from "./support/pair.ts";

type Values = Readonly<Record<string, unknown>>;

const WEEK = 7 * DAY;
const MONTH = 30 * DAY;
const START = new Date("2026-03-01T00:30:00Z");

const tier = (name: string, when: When, lifetime: number): Tier => ({ name, when, lifetime });
const SUNDAY: When = { hours: [0], weekdays: [0] };
const FIRST: When = { hours: [0], days: [1] };

/** D3: hourly for a day, daily for a week, weekly for four weeks, monthly for twelve months. */
const TIERS = [
  tier("hourly", {}, DAY),
  tier("daily", { hours: [0] }, WEEK),
  tier("weekly", SUNDAY, 4 * WEEK),
  tier("monthly", FIRST, 12 * MONTH),
];
const tiered: Protection = {
  tiers: TIERS,
  copies: {
    lifetime: 2 * DAY,
    special: [
      { when: FIRST, lifetime: 13 * MONTH },
      { when: SUNDAY, lifetime: 8 * WEEK },
      { when: { hours: [0] }, lifetime: 2 * WEEK },
    ],
  },
  holds: true,
};
/** D4: what Kubernetes keeps, what Forgejo keeps, and photos. */
const hourly: Protection = { tiers: [tier("hourly", {}, DAY)], copies: { lifetime: 14 * DAY }, holds: true };
const fourHourly: Protection = {
  tiers: [tier("four-hourly", { hours: [0, 4, 8, 12, 16, 20] }, DAY)],
  copies: { lifetime: 14 * DAY },
  holds: true,
};
const daily: Protection = {
  tiers: [tier("daily", { hours: [0] }, 30 * DAY)],
  copies: { lifetime: 90 * DAY },
  holds: true,
};

const field = (values: readonly number[] | undefined) => values?.join(",") ?? "*";
const cron = ({ hours, days, weekdays }: When): Values => ({
  minute: "0",
  hour: field(hours),
  dom: field(days),
  dow: field(weekdays?.map((day) => (day === 0 ? 7 : day))),
});
const lifetime = (ms: number): Values => ({ lifetime_value: ms / HOUR, lifetime_unit: "HOUR" });

/** Protects a dataset of din as told, and answers the row of its replication. */
async function protect(pair: Pair, name: string, { tiers, copies, holds }: Protection): Promise<number> {
  await pair.din.call("pool.dataset.create", { name: `fast/${name}` });
  const tasks: number[] = [];
  for (const each of tiers)
    tasks.push(
      await pair.snapshots({
        dataset: `fast/${name}`,
        naming_schema: `${each.name}-%Y-%m-%d_%H-%M`,
        schedule: cron(each.when),
        ...lifetime(each.lifetime),
      }),
    );
  return await pair.replication({
    name,
    source_datasets: [`fast/${name}`],
    target_dataset: `backup/${name}`,
    periodic_snapshot_tasks: tasks,
    hold_pending_snapshots: holds,
    retention_policy: "CUSTOM",
    ...lifetime(copies.lifetime),
    lifetimes: (copies.special ?? []).map((each) => ({ schedule: cron(each.when), ...lifetime(each.lifetime) })),
  });
}

async function found(pair: Pair, name: string) {
  const [source, copies] = [
    await snapshotsOf(pair.din, `fast/${name}`),
    await snapshotsOf(pair.grogu, `backup/${name}`),
  ];
  return { source: source.sort(), copies: copies.sort() };
}

async function lastScrub(nas: SimulatedTrueNas): Promise<number | undefined> {
  const [pool] = (await nas.call("pool.query")) as { scan: { start_time: { $date: number } | null } | null }[];
  return pool?.scan?.start_time?.$date;
}

/** What only snapshots of a dataset of din still hold, in GiB. */
async function heldBySnapshots({ din }: Pair, dataset: string): Promise<number> {
  const row = (await din.call("pool.dataset.query", [["id", "=", dataset]], { get: true })) as Values;
  return (row["usedbysnapshots"] as { parsed: number }).parsed / GIB;
}

test("after 40 days every snapshot and every copy is there that should be, and no other", async () => {
  const pair = await Pair.start({ now: START });
  const { world, din, grogu } = pair;
  const plans = { tiered, hourly, "four-hourly": fourHourly, daily };
  const oracles = Object.entries(plans).map(([name, plan]) => ({ name, oracle: new Oracle(plan) }));
  const rows = await Promise.all(Object.entries(plans).map(([name, plan]) => protect(pair, name, plan)));
  for (const nas of [din, grogu])
    await nas.call("pool.scrub.update", 1, { threshold: 6, schedule: { minute: "0", hour: "2", dow: "7" } });
  const scrubs = { din: new Set<number>(), grogu: new Set<number>() };

  for (const days of [1, 6, 8, 11, 14]) {
    const from = world.now().getTime();
    for (let day = 0; day < days; day += 1) {
      await world.advance(DAY);
      for (const name of ["din", "grogu"] as const) {
        const at = await lastScrub({ din, grogu }[name]);
        if (at !== undefined) scrubs[name].add(at);
      }
    }
    for (const { name, oracle } of oracles) {
      oracle.pass(from, world.now().getTime());
      expect(await found(pair, name), `${name} after ${days} more days`).toEqual(oracle.expected);
    }
  }

  expect([scrubs.din.size, scrubs.grogu.size].every((count) => count === 5 || count === 6)).toBe(true);
  for (const row of rows) expect(await pair.state(row)).toMatchObject({ state: "FINISHED" });
});

test("after 400 days the oldest monthly snapshots have gone, and their copies a month later", async () => {
  const pair = await Pair.start({ now: START });
  // Without what is taken hourly a year passes quickly; everything here is taken and removed at midnight.
  const plan = { ...tiered, tiers: TIERS.slice(1) };
  const oracle = new Oracle(plan);
  await protect(pair, "tiered", plan);
  let from = START.getTime();

  for (const days of [200, 200]) {
    await pair.world.advance(days * DAY);
    oracle.pass(from, pair.world.now().getTime());
    from = pair.world.now().getTime();
    expect(await found(pair, "tiered")).toEqual(oracle.expected);
  }

  const monthly = (names: readonly string[]) => names.filter((name) => name.startsWith("monthly")).length;
  const { source, copies } = oracle.expected;
  expect([monthly(source), monthly(copies)]).toEqual([12, 13]);
});

/** Three days without grogu, in the middle of ten, while an hour's work takes the place of that of the hour before. */
async function outage(holds: boolean) {
  const pair = await Pair.start({ now: START });
  const { world, din } = pair;
  const plan = { ...hourly, holds };
  const row = await protect(pair, "hourly", plan);
  const oracle = new Oracle(plan);
  const held: number[] = [];
  const hours = async (count: number, reachable: boolean) => {
    for (let hour = 0; hour < count; hour += 1) {
      const from = world.now().getTime();
      din.console.write("/mnt/fast/hourly/work.bin", `work of ${from}`, GIB);
      await world.advance(HOUR);
      oracle.pass(from, world.now().getTime(), () => reachable);
      held.push(await heldBySnapshots(pair, "fast/hourly"));
    }
    return { source: (await snapshotsOf(din, "fast/hourly")).sort(), state: await pair.state(row) };
  };
  const before = await hours(3 * 24, true);
  await world.powerOff("grogu");
  const counted = held.length;
  const away = await hours(3 * 24, false);
  const expectedAway = oracle.expected.source;
  await world.powerOn("grogu");
  const sentBefore = din.transfers.length;
  const first = await hours(1, true);
  const later = { ...(await hours(2 * 24, true)), ...(await found(pair, "hourly")) };
  const caughtUp = din.transfers.slice(sentBefore);
  return { before, away, expectedAway, first, later, caughtUp, held, counted, oracle };
}

test("three days without grogu: snapshots wait, their space grows hour by hour, and only what is missing is sent", async () => {
  const { before, away, expectedAway, first, later, caughtUp, held, counted, oracle } = await outage(true);

  expect(before.source).toHaveLength(24);
  expect(away.state).toMatchObject({ state: "ERROR", error: "Unable to connect to port 22 on 10.10.10.21." });
  expect(away.source).toEqual(expectedAway);
  // Nothing that is on din is known to be on grogu, so that everything waits.
  expect(away.source).toHaveLength(24 + 72);
  const grown = held.slice(counted, counted + 72).map((gib, hour) => gib - (24 + hour));
  expect(new Set(grown)).toEqual(new Set([grown[0]]));

  expect(first.state).toMatchObject({ state: "FINISHED" });
  expect(caughtUp.every(({ from }) => from !== null)).toBe(true);
  expect(caughtUp.filter(({ at }) => at === caughtUp[0]?.at)).toHaveLength(73);
  expect(first.source).toHaveLength(24);
  expect(later).toMatchObject(oracle.expected);
  expect(held.at(-1)).toBe(held[counted - 1]);
});

test("without waiting snapshots there is nothing left to build upon, and the replication stands still", async () => {
  const { away, later, caughtUp, oracle } = await outage(false);

  expect(away.source).toHaveLength(24);
  expect(later.state).toMatchObject({
    state: "ERROR",
    error: "No incremental base on dataset 'fast/hourly' and replication from scratch is not allowed.",
  });
  expect(caughtUp).toEqual([]);
  expect(later).toMatchObject(oracle.expected);
});

test("a copy that goes before its original makes the original wait for ever", async () => {
  const pair = await Pair.start({ now: START });
  const plan: Protection = { tiers: [tier("hourly", {}, DAY)], copies: { lifetime: 6 * HOUR }, holds: true };
  await protect(pair, "hourly", plan);
  const oracle = new Oracle(plan);

  await pair.world.advance(3 * DAY);
  oracle.pass(START.getTime(), pair.world.now().getTime());

  expect(oracle.expected.source).toHaveLength(72);
  expect(await found(pair, "hourly")).toEqual(oracle.expected);
});
