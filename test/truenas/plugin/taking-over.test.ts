import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

const PROVIDER = "din=urn:pulumi:test::homelab::pulumi:providers:truenas::din";
let site: Site;

beforeEach(async () => {
  site = await Site.start();
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
});
afterEach(async () => {
  await site.stop();
});

describe("an object that somebody else made", () => {
  test("is left alone, and the line that brings it in is named", async () => {
    expect(await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }))).toBe(
      'din: Dataset "tank/a" exists already and is not this program\'s; bring it in with\n' +
        `  pulumi import truenas:index:Dataset 'a' 'tank/a' --provider ${PROVIDER}\n` +
        "and run again, or state adopt: true to take it over and change it",
    );
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("is imported under the parent that the provider was given, and names are quoted for the shell", async () => {
    await site.nextPhase({ importParent: "urn:pulumi:test::homelab::homelab:nas:TrueNas::nas" });
    await site.appliance.call("sharing.smb.create", { name: "Tom's", path: "/mnt/tank/a", comment: "x" });

    expect(await refusal(site.plugin.create("SmbShare", "Tom's", { name: "Tom's", path: "/mnt/tank/a" }))).toContain(
      `  pulumi import truenas:index:SmbShare "Tom's" "Tom's" --provider ${PROVIDER} --parent nas=urn:pulumi:test::homelab::homelab:nas:TrueNas::nas\n`,
    );
  });

  test("is taken over and changed when the program says adopt", async () => {
    const inputs = { name: "tank/a", compression: "ZSTD", adopt: true };

    const { outputs } = await site.plugin.create("Dataset", "a", inputs);

    expect(outputs).toMatchObject(inputs);
    expect(site.appliance.calls.map((call) => call.method)).toEqual([
      "system.version_short",
      "pool.dataset.query",
      "pool.dataset.update",
    ]);
    await site.nextPhase();
    await site.plugin.create("Dataset", "a", { name: "tank/a", compression: "ZSTD" });
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("is not adopted when it differs in what cannot change", async () => {
    const inputs = { name: "tank/a", casesensitivity: "INSENSITIVE", adopt: true };

    expect(await refusal(site.plugin.create("Dataset", "a", inputs))).toBe(
      'din: Dataset "tank/a" exists and differs in casesensitivity, which cannot change; state what it has, or use another name',
    );
  });

  test("of a kind that has no mark is left alone as well", async () => {
    await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", comment: "by hand" });

    expect(await refusal(site.plugin.create("NfsShare", "a", { path: "/mnt/tank/a", ro: true }))).toContain(
      "pulumi import truenas:index:NfsShare 'a' '/mnt/tank/a'",
    );
  });

  test("twice under one name cannot be told apart", async () => {
    for (const host of ["10.0.0.1", "10.0.0.2"]) {
      await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", hosts: [host] });
    }

    expect(await refusal(site.plugin.read("NfsShare", "/mnt/tank/a"))).toBe(
      'din: 2 objects of sharing.nfs are called "/mnt/tank/a" (rows 1, 2), and nothing tells which is meant; ' +
        "remove all but one in TrueNAS, and run again",
    );
    const inputs = { path: "/mnt/tank/a", hosts: ["10.0.0.2"] };
    const read = await site.plugin.read("NfsShare", "/mnt/tank/a", { inputs, outputs: { ...inputs, rowId: 2 } });
    expect(read.inputs).toEqual(inputs);
  });
});

describe("an interrupted run is resumed", () => {
  test("a dataset that carries this resource's mark is finished, not made twice", async () => {
    await site.plugin.create("Dataset", "b", { name: "tank/b", compression: "LZ4" });
    await site.nextPhase();

    const { outputs } = await site.plugin.create("Dataset", "b", { name: "tank/b", compression: "ZSTD" });

    expect(outputs["compression"]).toBe("ZSTD");
    expect(site.appliance.counters.writes).toBe(1);
  });

  test("the mark of another resource is not this one's", async () => {
    await site.plugin.create("Dataset", "b", { name: "tank/b" });

    expect(await refusal(site.plugin.create("Dataset", "other", { name: "tank/b" }))).toContain("exists already");
  });

  test("a share or task that is exactly as stated is taken over without a write", async () => {
    const share = { path: "/mnt/tank/a", ro: true };
    const task = { dataset: "tank/a", namingSchema: "x-%s", lifetimeValue: 3 };
    await site.plugin.create("NfsShare", "a", share);
    await site.plugin.create("SnapshotTask", "a", task);
    await site.nextPhase();

    expect((await site.plugin.create("NfsShare", "a", share)).outputs).toMatchObject({ ...share, rowId: 1 });
    expect((await site.plugin.create("SnapshotTask", "a", task)).outputs).toMatchObject({ ...task, rowId: 1 });
    expect(site.appliance.counters.writes).toBe(0);
  });
});

describe("what TrueNAS makes itself", () => {
  test("the scrub task of a new pool is taken over", async () => {
    const inputs = { pool: "tank", threshold: 6, schedule: { minute: "0", hour: "2", dow: "7" } };

    const { id, outputs } = await site.plugin.create("ScrubTask", "tank", inputs);

    expect(id).toBe("tank");
    expect(outputs).toMatchObject({ ...inputs, rowId: 1 });
    expect(site.appliance.counters.writes).toBe(1);
  });

  test("a scrub task that somebody has set is left alone", async () => {
    await site.appliance.call("pool.scrub.update", 1, { threshold: 20 });

    expect(await refusal(site.plugin.create("ScrubTask", "tank", { pool: "tank", threshold: 6 }))).toContain(
      "pulumi import truenas:index:ScrubTask 'tank' 'tank'",
    );
  });

  test("a scrub task that was deleted is made anew, with the middleware's number of the pool", async () => {
    await site.appliance.call("pool.scrub.delete", 1);

    const { outputs } = await site.plugin.create("ScrubTask", "tank", { pool: "tank", threshold: 6 });

    expect(outputs).toMatchObject({ rowId: 2 });
  });

  test("a scrub task needs its pool", async () => {
    expect(await refusal(site.plugin.create("ScrubTask", "fast", { pool: "fast" }))).toBe(
      'pool "fast" is not on this appliance (it has: tank); create or import the pool first',
    );
  });

  test("services exist always, and only what differs is set", async () => {
    await site.plugin.create("Service", "nfs", { service: "nfs", enable: true, running: true });
    await site.nextPhase();

    const { outputs } = await site.plugin.create("Service", "nfs", { service: "nfs", enable: true, running: true });

    expect(outputs).toMatchObject({ service: "nfs", enable: true, running: true });
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("a service that does not come up is an error", async () => {
    site.appliance.faults.failingService("nfs");

    expect(await refusal(site.plugin.create("Service", "nfs", { service: "nfs", running: true }))).toBe(
      "din: service.control failed: Service not running after start",
    );
  });
});
