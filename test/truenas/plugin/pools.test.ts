import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "../../../truenas/index.ts";
import { refusal } from "../support/plugin.ts";
import { disks, Site } from "../support/site.ts";

const TERABYTE = 1_000_000_000_000;
const data = (serials: string[], type = "RAIDZ2") => ({ data: [{ type, disks: serials, diskSize: TERABYTE }] });
const FOUR = ["S1", "S2", "S3", "S4"];

let site: Site;

beforeEach(async () => {
  site = await Site.start({ disks: [...disks(6), { serial: "SMALL", size: TERABYTE / 2 }] });
});
afterEach(async () => {
  await site.stop();
});

describe("a pool that is not there", () => {
  test("is not created without confirmation, and the line to add is named", async () => {
    const message = await refusal(site.plugin.create("Pool", "tank", { name: "tank", topology: data(FOUR) }));

    expect(message).toBe(
      'pool "tank" is not on this appliance and is not confirmed for creation; creating it erases these disks: ' +
        `S1, S2, S3, S4. If they are right, state  create: ${fingerprint(FOUR)}  in the pool and run up again`,
    );
    expect(await site.appliance.call("pool.query")).toEqual([]);
  });

  test("is not created on the confirmation of other disks", async () => {
    const inputs = { name: "tank", topology: data(FOUR), create: fingerprint(["S1"]) };

    expect(await refusal(site.plugin.create("Pool", "tank", inputs))).toContain(
      `is confirmed for other disks (create is "${fingerprint(["S1"])}")`,
    );
  });

  test("is created over its disks by serial, with log and spares, and trims when told to", async () => {
    const topology = { ...data(FOUR), log: [{ type: "STRIPE", disks: ["S5"] }], spares: { disks: ["S6"] } };
    const inputs = { name: "tank", topology, create: fingerprint([...FOUR, "S5", "S6"]), autotrim: "ON" };

    const { id, outputs } = await site.plugin.create("Pool", "tank", inputs);

    expect(id).toBe("tank");
    expect(outputs).toMatchObject({ ...inputs, status: "ONLINE", path: "/mnt/tank", rowId: 1 });
    expect(outputs["guid"]).toMatch(/^\d+$/);
    await site.nextPhase();
    const read = await site.plugin.read("Pool", "tank", { inputs, outputs });
    expect(read.inputs).toEqual(inputs);
    expect((await site.plugin.diff("Pool", { id, oldInputs: read.inputs, news: inputs })).changes).toBe("none");
  });

  test("is not created over disks that are missing, in use or of another size, and all are named", async () => {
    await site.makePool("other");
    const serials = ["S1", "S5", "SMALL", "NONE"];
    const inputs = { name: "tank", topology: data(serials), create: fingerprint(serials) };

    expect(await refusal(site.plugin.create("Pool", "tank", inputs))).toBe(
      "the pool's disks are not as stated: disk S1 (sda) is in use by pool other; " +
        `disk SMALL (sdg) has ${TERABYTE / 2} bytes where ${TERABYTE} are stated; no disk has serial NONE. ` +
        "Correct the topology or the disks; nothing was changed",
    );
  });

  test("shows at preview which disks it would take", async () => {
    await site.plugin.create(
      "Pool",
      "tank",
      { name: "tank", topology: data(["S1", "S2"], "MIRROR"), autotrim: "ON" },
      true,
    );

    expect(site.journal().map(({ method, params }) => [method, params])).toEqual([
      ["pool.create", [{ name: "tank", topology: { data: [{ type: "MIRROR", disks: ["<S1>", "<S2>"] }] } }]],
      ["pool.update", ["<pool tank>", { autotrim: "ON" }]],
    ]);
    expect(site.appliance.counters.sshConnections).toBe(0);
  });
});

describe("a pool that is there", () => {
  beforeEach(async () => {
    await site.makePool("tank");
  });

  test("with the same disks is adopted without a write", async () => {
    const { outputs } = await site.plugin.create("Pool", "tank", {
      name: "tank",
      topology: data(["S4", "S3", "S2", "S1"]),
    });

    expect(outputs).toMatchObject({ status: "ONLINE", rowId: 1 });
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("with other disks is left alone", async () => {
    const message = await refusal(
      site.plugin.create("Pool", "tank", { name: "tank", topology: data(["S1", "S2", "S3", "S5"]) }),
    );

    expect(message).toBe(
      'din: pool "tank" exists with another topology (stated but not in it: S5; in it but not stated: S4); state its real topology',
    );
  });

  test("with the same disks in another arrangement is left alone", async () => {
    const message = await refusal(site.plugin.create("Pool", "tank", { name: "tank", topology: data(FOUR, "RAIDZ1") }));

    expect(message).toBe(
      'din: pool "tank" exists with another topology (same disks, arranged otherwise); state its real topology',
    );
  });

  test("is never destroyed", async () => {
    expect(await refusal(site.plugin.delete("Pool", "tank", { name: "tank" }))).toBe(
      'din: pool "tank" is never destroyed by this program. To take it out, state retain for it and run up, ' +
        "then delete the line and run up again: the data stays",
    );
  });

  test("is imported so that stating it is no change", async () => {
    const read = await site.plugin.read("Pool", "tank");

    expect(read.inputs).toEqual({ name: "tank", topology: { data: [{ type: "RAIDZ2", disks: FOUR }] } });
    const news = { name: "tank", topology: data(FOUR), create: "x", autotrim: "OFF" };
    const diff = await site.plugin.diff("Pool", { id: "tank", oldInputs: read.inputs, oldOutputs: read.outputs, news });
    expect(diff.detailed).toEqual({});
    expect(await site.plugin.check("Pool", "tank", news, read.inputs)).toEqual([]);
  });

  test("that lost a disk says so in its status and in nothing else", async () => {
    const inputs = { name: "tank", topology: data(FOUR) };
    const { outputs } = await site.plugin.create("Pool", "tank", inputs);
    site.appliance.faults.degradedPool("tank", "S2");
    await site.nextPhase();

    const read = await site.plugin.read("Pool", "tank", { inputs, outputs });

    expect(read.inputs).toEqual(inputs);
    expect(read.outputs).toEqual({ ...outputs, status: "DEGRADED" });
    await site.plugin.create("Dataset", "a", { name: "tank/a" });
  });

  test("changes autotrim in place, and its disks never", async () => {
    const inputs = { name: "tank", topology: data(FOUR) };
    const { outputs } = await site.plugin.create("Pool", "tank", inputs);

    const news = { ...inputs, autotrim: "ON" };
    const updated = await site.plugin.update("Pool", { id: "tank", oldInputs: inputs, oldOutputs: outputs, news });
    expect(updated["autotrim"]).toBe("ON");

    const grown = { ...news, topology: data([...FOUR, "S5"]) };
    const refused = site.plugin.update("Pool", { id: "tank", oldInputs: news, oldOutputs: updated, news: grown });
    expect(await refusal(refused)).toBe(
      'topology differs from pool "tank" as it is; changing the disks of a pool is not supported: ' +
        "change them by hand in TrueNAS, run refresh, and state the new topology",
    );
  });
});

test("a pool whose later step fails is recorded and finished by the next run", async () => {
  site.appliance.faults.errorOn({ method: "pool.update", text: "[EFAULT] not now" });
  const inputs = { name: "tank", topology: data(FOUR), create: fingerprint(FOUR), autotrim: "ON" };

  const failed = await site.plugin.create("Pool", "tank", inputs).catch((error) => error);

  expect(failed.details).toBe("din: pool.update failed: not now");
  const detail = failed.metadata.get("grpc-status-details-bin")[0].toString("latin1");
  expect(detail).toContain("ErrorResourceInitFailed");
  expect(detail).toContain("tank");
});
