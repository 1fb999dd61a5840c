import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SimulatedTrueNas, World } from "../../../lab/truenas/index.ts";
import { EIGHT_DISKS, temporaryDirectory } from "./support/appliance.ts";

const NOW = new Date("2026-03-01T00:30:00Z");
const HOUR = 3_600_000;
const names = async (nas: SimulatedTrueNas) =>
  ((await nas.call("pool.snapshot.query")) as { snapshot_name: string }[]).map((row) => row.snapshot_name).sort();

async function member(world: World, dir: string, name: string, address: string): Promise<SimulatedTrueNas> {
  const nas = await SimulatedTrueNas.start(
    { name, disks: EIGHT_DISKS, addresses: [address] },
    { dir: join(dir, name), world },
  );
  onTestFinished(() => nas.stop());
  if (((await nas.call("pool.query")) as unknown[]).length > 0) return nas;
  await nas.call("pool.create", { name: "tank", topology: { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }] } });
  await nas.call("pool.snapshottask.create", { dataset: "tank", naming_schema: "%Y%m%d-%H%M" });
  return nas;
}

test("appliances of one world share its clock, and each does what is due on it", async () => {
  const [world, dir] = [new World({ now: NOW }), await temporaryDirectory()];
  const [din, grogu] = [await member(world, dir, "din", "10.0.0.1"), await member(world, dir, "grogu", "10.0.0.2")];

  await din.clock.advance(2 * HOUR);

  expect([din.clock.now(), grogu.clock.now(), world.now()]).toEqual(
    Array.from({ length: 3 }, () => new Date("2026-03-01T02:30:00Z")),
  );
  expect(await names(din)).toEqual(["20260301-0100", "20260301-0200"]);
  expect(await names(grogu)).toEqual(await names(din));
});

test("an appliance without power is not at its address, misses what was due, and has the right time when it is back", async () => {
  const [world, dir] = [new World({ now: NOW }), await temporaryDirectory()];
  await member(world, dir, "din", "10.0.0.1");
  const grogu = await member(world, dir, "grogu", "10.0.0.2");
  await world.advance(HOUR);

  await world.powerOff("grogu");
  await world.advance(2 * HOUR);

  expect([world.at("10.0.0.2"), world.at("10.0.0.1")?.name]).toEqual([undefined, "din"]);
  await expect(grogu.call("pool.query")).rejects.toThrow("grogu is switched off; switch it on first");

  await world.powerOn("grogu");
  await world.advance(HOUR);

  expect(world.at("10.0.0.2")?.name).toBe("grogu");
  expect(await names(grogu)).toEqual(["20260301-0100", "20260301-0400"]);
  expect(grogu.clock.now()).toEqual(new Date("2026-03-01T04:30:00Z"));
});

test("an appliance that was stopped comes back into the world as it was, at the world's time", async () => {
  const [world, dir] = [new World({ now: NOW }), await temporaryDirectory()];
  await member(world, dir, "din", "10.0.0.1");
  const first = await member(world, dir, "grogu", "10.0.0.2");
  await world.advance(HOUR);
  await first.stop();
  await world.advance(HOUR);

  const second = await member(world, dir, "grogu", "10.0.0.2");

  expect([await names(second), second.clock.now()]).toEqual([["20260301-0100"], new Date("2026-03-01T02:30:00Z")]);
});

test("a world is as late as the latest of the appliances that join it", async () => {
  const dir = await temporaryDirectory();
  const early = await member(new World(), dir, "din", "10.0.0.1");
  await early.clock.advance(48 * HOUR);
  const then = early.clock.now().getTime();
  await early.stop();

  const world = new World();
  await member(world, dir, "grogu", "10.0.0.2");
  await member(world, dir, "din", "10.0.0.1");

  expect(world.now().getTime()).toBeGreaterThanOrEqual(then);
});
