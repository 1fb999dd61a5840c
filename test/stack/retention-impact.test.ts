import { expect, test } from "vitest";
import { keyOf, Storage, type Written } from "./support/storage.ts";

test("a connected preview tells at the resource how many snapshots change their expiry", async () => {
  const storage = await Storage.open("lab");
  await storage.makePool("tank");
  await storage.appliance.call("pool.dataset.create", { name: "tank/a" });
  const task = (lifetimeValue: number): Written => ({
    type: "SnapshotTask",
    name: "hourly",
    props: { dataset: "tank/a", namingSchema: "hourly-%Y-%m-%d_%H-%M", lifetimeValue, lifetimeUnit: "DAY" },
  });
  await storage.stack([task(2)]).up({ skipPreview: true });
  await storage.appliance.clock.advance(6 * 3_600_000);
  storage.appliance.resetCounters();

  const run = await storage.stack([task(1)], { TRUENAS_PREVIEW: "connected" }).preview();

  const told = run.diagnostics.map(({ urn = "", ...rest }) => ({ ...rest, at: keyOf(urn) }));
  expect(told).toEqual([
    {
      source: "provider",
      severity: "warning",
      at: "SnapshotTask hourly",
      message:
        "6 existing snapshots of tank/a change their expiry: 6 are kept 1 DAY instead of 2 DAY, so that those which are older go when the task next runs",
    },
  ]);
  expect(storage.appliance.counters).toMatchObject({ sshConnections: 1, midcltProcesses: 3, writes: 0 });
});
