import { afterEach, beforeEach, expect, test } from "vitest";
import { Site } from "../support/site.ts";

const GIB = 1024 ** 3;

let site: Site;
beforeEach(async () => {
  site = await Site.start();
  await site.makePool("tank");
});
afterEach(async () => {
  await site.stop();
});

test("a share that somebody has doubled is told from the other by its number, and only it is deleted", async () => {
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  const inputs = { path: "/mnt/tank/a", networks: ["10.0.0.0/24"] };
  const { id, outputs } = await site.plugin.create("NfsShare", "a", inputs);
  await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", networks: ["10.9.0.0/24"] });
  await site.nextPhase();

  await site.plugin.delete("NfsShare", id, inputs, outputs);

  expect(await site.appliance.call("sharing.nfs.query")).toMatchObject([{ networks: ["10.9.0.0/24"] }]);
});

test("a share that somebody made in place of ours is left alone", async () => {
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  const inputs = { path: "/mnt/tank/a", networks: ["10.0.0.0/24"] };
  const { id, outputs } = await site.plugin.create("NfsShare", "a", inputs);
  await site.appliance.call("sharing.nfs.delete", outputs["rowId"]);
  await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", networks: ["10.9.0.0/24"] });
  await site.nextPhase();

  await site.plugin.delete("NfsShare", id, inputs, outputs);

  expect(await site.appliance.call("sharing.nfs.query")).toMatchObject([{ networks: ["10.9.0.0/24"] }]);
});

test("a share whose deletion misses something else stays on record", async () => {
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  const inputs = { path: "/mnt/tank/a", networks: ["10.0.0.0/24"] };
  const { id, outputs } = await site.plugin.create("NfsShare", "a", inputs);
  site.appliance.faults.errorOn({ method: "sharing.nfs.delete", text: "[ENOENT] None: Service nfs does not exist" });

  await expect(site.plugin.delete("NfsShare", id, inputs, outputs)).rejects.toThrow("Service nfs does not exist");

  expect(await site.appliance.call("sharing.nfs.query")).toHaveLength(1);
});

test("a reservation taken out of a zvol that is not to be sparse leaves it its own size", async () => {
  const before = { name: "tank/vol", volsize: 2 * GIB, sparse: false, refreservation: 3 * GIB };
  const { refreservation: _, ...news } = before;
  const { id, outputs } = await site.plugin.create("Zvol", "vol", before);

  const updated = await site.plugin.update("Zvol", { id, oldInputs: before, oldOutputs: outputs, news });

  const [row] = (await site.appliance.call("pool.dataset.query", [["id", "=", id]])) as {
    refreservation: { parsed: number };
  }[];
  expect(row?.refreservation.parsed).toBe(2 * GIB);
  const { inputs } = await site.refresh("Zvol", id, news, updated);
  expect((await site.plugin.diff("Zvol", { id, oldInputs: inputs, news })).changes).toBe("none");
});
