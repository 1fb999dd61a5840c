import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fingerprint } from "../../../truenas/index.ts";
import { refusal, secret } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

const FOUR = ["S1", "S2", "S3", "S4"];
const pool = {
  name: "tank",
  topology: { data: [{ type: "RAIDZ2", disks: FOUR }] },
  create: fingerprint(FOUR),
};

let site: Site;
afterEach(async () => {
  await site.stop();
});

const start = async (callTimeout: string) => {
  site = await Site.start({}, { TRUENAS_CALL_TIMEOUT: callTimeout });
};
const failed = (method: string) => site.journal().some((line) => line["method"] === method && "error" in line);
const schemas = async () => {
  const rows = (await site.appliance.call("pool.snapshottask.query")) as { naming_schema: string }[];
  return rows.map((row) => row.naming_schema).sort();
};

describe("a bulk whose connection is lost while the appliance is still at it", () => {
  test("is not sent again before it has ended, so that nothing is made twice", async () => {
    await start("10");
    await site.makePool("tank");
    await site.appliance.call("pool.dataset.create", { name: "tank/a" });
    await site.plugin.read("Dataset", "tank");
    site.appliance.faults.slowCall({ method: "pool.snapshottask.create", ms: 1000, effect: "last", times: 3 });
    const names = ["x-%s", "y-%s", "z-%s"];

    const made = Promise.allSettled(
      names.map((namingSchema) =>
        site.plugin.create("SnapshotTask", namingSchema, { dataset: "tank/a", namingSchema }),
      ),
    );
    await wait(700);
    await site.appliance.faults.hostDown();
    await site.appliance.faults.hostUp();

    expect((await made).map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    await wait(3500);
    expect(await schemas()).toEqual(names);
  });
});

describe("a pool is made over the disks that are stated, whatever their kernel names are by then", () => {
  const madeOver = async () => {
    await site.nextPhase();
    return (await site.plugin.read("Pool", "tank")).inputs["topology"];
  };

  test("a create without an answer is not repeated with the names of before", async () => {
    await start("20");
    site.appliance.faults.dropConnection({ when: "before", method: "pool.create" });

    const made = refusal(site.plugin.create("Pool", "tank", pool));
    await vi.waitUntil(() => failed("pool.create"), { timeout: 5000, interval: 10 });
    site.appliance.faults.renameDisks();

    expect(await made).toBe(
      'din: pool.create for Pool "tank" got no answer, and is not repeated because the appliance has changed meanwhile; see that it is well, and run again',
    );
    expect(await site.appliance.call("pool.query")).toEqual([]);
    await site.plugin.create("Pool", "tank", pool);
    expect(await madeOver()).toEqual(pool.topology);
  });

  test("what was read of the disks over a connection that is lost is read anew", async () => {
    await start("10");
    const { create: _, ...unconfirmed } = pool;
    await refusal(site.plugin.create("Pool", "tank", unconfirmed));

    await site.appliance.faults.hostDown();
    site.appliance.faults.renameDisks();
    await site.appliance.faults.hostUp();
    // A call, so that the provider has met the loss: until then what it would send is refused rather than planned anew.
    await site.plugin.read("FilesystemAcl", "/mnt/none");
    await site.plugin.create("Pool", "tank", pool);

    expect(await madeOver()).toEqual(pool.topology);
  });
});

describe("a dataset to be destroyed", () => {
  test("is looked into again when the answer was lost, and kept when something is in it by then", async () => {
    await start("20");
    await site.makePool("tank");
    const inputs = { name: "tank/a", onDestroy: "destroy" };
    await site.plugin.create("Dataset", "a", inputs);
    site.appliance.faults.dropConnection({ when: "before", method: "pool.dataset.delete" });

    const deleted = refusal(site.plugin.delete("Dataset", "tank/a", inputs));
    await vi.waitUntil(() => failed("pool.dataset.delete"), { timeout: 5000, interval: 10 });
    await site.appliance.call("filesystem.mkdir", { path: "/mnt/tank/a/photos" });

    expect(await deleted).toContain('dataset "tank/a" is not destroyed, because it is not empty');
    expect(await site.appliance.call("pool.dataset.query", [["id", "=", "tank/a"]])).toHaveLength(1);
  });
});

test("a pool that is made in part keeps its secrets", async () => {
  await start("10");
  site.appliance.faults.errorOn({ method: "pool.update", text: "[EFAULT] not now" });

  const failure = await site.plugin
    .create("Pool", "tank", { ...pool, autotrim: secret("ON") })
    .catch((error: { metadata: { get(name: string): Buffer[] } }) => error);

  const detail = (failure as { metadata: { get(name: string): Buffer[] } }).metadata.get("grpc-status-details-bin")[0];
  expect(detail?.toString("latin1")).toContain("1b47061264138c4ac30d75fd1eb44270");
});

test("what an update names and the appliance has not is what the error is about", async () => {
  await start("10");
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  const inputs = { path: "/mnt/tank/a" };
  const { id, outputs } = await site.plugin.create("NfsShare", "a", inputs);
  site.appliance.faults.errorOn({
    method: "sharing.nfs.update",
    text: "[ENOENT] sharingnfs_update.mapall_user: User not found: nobody-here",
    times: 2,
  });
  const news = { ...inputs, mapallUser: "nobody-here" };

  const message = await refusal(site.plugin.update("NfsShare", { id, oldInputs: inputs, oldOutputs: outputs, news }));

  expect(message).toContain("User not found: nobody-here");
});

test("a share of the same directory is found however its path is spelled", async () => {
  await start("10");
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", ro: true });

  expect(await refusal(site.plugin.create("NfsShare", "a", { path: "/mnt/tank/a/" }))).toContain("exists already");
});

test("what was read before the connection was lost is not taken for gone", async () => {
  await start("10");
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/v", type: "VOLUME", volsize: 1024 ** 3 });
  const extent = { name: "e", disk: "zvol/tank/v" };
  await site.plugin.create("IscsiExtent", "e", extent);
  await site.plugin.create("IscsiTarget", "t", { name: "t" });
  const inputs = { target: "t", extent: "e" };
  const { id, outputs } = await site.plugin.create("IscsiTargetExtent", "te", inputs);
  await site.nextPhase();
  await site.plugin.read("IscsiTarget", "t");
  site.appliance.faults.dropConnection({ when: "before", method: "iscsi.extent.query" });

  expect((await site.refresh("IscsiTargetExtent", id, inputs, outputs)).id).toBe("t/e");
});
