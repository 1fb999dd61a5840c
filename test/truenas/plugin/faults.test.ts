import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeEndpoints } from "../../../lab/truenas/index.ts";
import { refusal } from "../support/plugin.ts";
import { HOST, Site } from "../support/site.ts";

let site: Site;
const datasets = async () =>
  ((await site.appliance.call("pool.dataset.query")) as { id: string }[]).map((row) => row.id).sort();

beforeEach(async () => {
  site = await Site.start({}, { TRUENAS_CALL_TIMEOUT: "1" });
  await site.makePool("tank");
});
afterEach(async () => {
  await site.stop();
});

describe("the connection", () => {
  test("to a host with another key is refused with both fingerprints, and nothing is sent", async () => {
    site.appliance.faults.wrongHostKey({ times: 10 });

    const message = await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }));

    const pinned = createHash("sha256")
      .update(Buffer.from(site.appliance.endpoint.hostKey.split(" ")[1] ?? "", "base64"))
      .digest("base64")
      .replace(/=+$/, "");
    expect(message).toMatch(
      /^din: the host key of 127\.0\.0\.1:\d+ is not the pinned one: it shows SHA256:[A-Za-z0-9+/]{43}, pinned is SHA256:/,
    );
    expect(message).toContain(
      `pinned is SHA256:${pinned}. If the appliance was reinstalled, compare with the key at its console and state ` +
        "the new one as hostKey; otherwise somebody is in between. Nothing was sent",
    );
    expect(site.appliance.counters.midcltProcesses).toBe(0);
    expect(await refusal(site.plugin.read("Dataset", "tank/a"))).toBe(message);
  });

  test("whose login is refused says for whom and what to do, and is not tried again", async () => {
    site.appliance.faults.refuseLogin({ times: 1 });
    const { port } = site.appliance.endpoint;

    const message = await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }));

    expect(message).toBe(
      `din: root@127.0.0.1:${port} refused the private key; add its public half to that user's authorized keys on the ` +
        "appliance, or correct user and privateKey",
    );
    expect(await refusal(site.plugin.read("Dataset", "tank/a"))).toBe(message);
  });

  test("to a host that is down says where it was looked for, and works once the host is up", async () => {
    const { port } = site.appliance.endpoint;
    await site.appliance.faults.hostDown();

    expect(await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }))).toMatch(
      new RegExp(
        `^din: 127\\.0\\.0\\.1:${port} cannot be reached \\(.*ECONNREFUSED.*\\); check that the appliance is up and that SSH runs, and run again$`,
      ),
    );

    await site.appliance.faults.hostUp();
    await writeEndpoints(join(site.directory, "endpoints.json"), { [HOST]: site.appliance });
    await site.nextPhase();
    await site.plugin.create("Dataset", "a", { name: "tank/a" });
    expect(await datasets()).toEqual(["tank", "tank/a"]);
  });

  test.each([
    ["to something that is no SSH server", "HTTP/1.1 400 Bad Request\r\n\r\n", "Connection lost before handshake"],
    ["to a server that hangs up after its greeting", "SSH-2.0-OpenSSH_9.2\r\n", "the connection was closed"],
  ])("%s is an error, not a wait", async (_what, greeting, reason) => {
    const silent = createServer((socket) => socket.end(greeting));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    await site.nextPhase();
    const endpoints = JSON.parse(readFileSync(join(site.directory, "endpoints.json"), "utf8"));
    endpoints[HOST].port = port;
    writeFileSync(join(site.directory, "endpoints.json"), JSON.stringify(endpoints));

    expect(await refusal(site.plugin.read("Dataset", "tank/a"))).toBe(
      `din: 127.0.0.1:${port} cannot be reached (${reason}); check that the appliance is up and that SSH runs, and run again`,
    );
    silent.close();
  });

  test("that is lost before a read is made again", async () => {
    site.appliance.faults.dropConnection({ when: "before", method: "pool.dataset.query" });

    expect((await site.plugin.read("Dataset", "tank")).id).toBe("tank");
    expect(site.appliance.counters.sshConnections).toBe(2);
  });
});

describe("a create without an answer", () => {
  test("is repeated when the connection was lost before it took effect", async () => {
    site.appliance.faults.dropConnection({ when: "before", method: "pool.dataset.create" });

    const { outputs } = await site.plugin.create("Dataset", "a", { name: "tank/a", compression: "ZSTD" });

    expect(outputs).toMatchObject({ name: "tank/a", compression: "ZSTD", mountpoint: "/mnt/tank/a" });
    expect(await datasets()).toEqual(["tank", "tank/a"]);
    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.create")).toHaveLength(1);
  });

  test("is found done when the connection was lost after it took effect", async () => {
    site.appliance.faults.dropConnection({ when: "after", method: "pool.dataset.create" });

    await site.plugin.create("Dataset", "a", { name: "tank/a", compression: "ZSTD" });

    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.create")).toHaveLength(1);
    expect(await datasets()).toEqual(["tank", "tank/a"]);
  });

  test("is found done when it took longer than the time limit", async () => {
    site.appliance.faults.slowCall({ method: "pool.dataset.create", ms: 2000 });

    await site.plugin.create("Dataset", "a", { name: "tank/a" });

    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.create").length).toBeLessThanOrEqual(1);
    expect(await datasets()).toEqual(["tank", "tank/a"]);
  });

  test("makes no second share when the first was made after all", async () => {
    await site.appliance.call("pool.dataset.create", { name: "tank/a" });
    site.appliance.faults.callTimeout({ method: "sharing.nfs.create" });

    const { outputs } = await site.plugin.create("NfsShare", "a", { path: "/mnt/tank/a", ro: true });

    expect(outputs).toMatchObject({ rowId: 1, ro: true });
    expect(await site.appliance.call("sharing.nfs.query")).toHaveLength(1);
  });

  test("is not repeated while the appliance is still at it", async () => {
    await site.appliance.call("pool.dataset.create", { name: "tank/a" });
    site.appliance.faults.slowCall({ method: "pool.snapshottask.create", ms: 1500, effect: "last" });

    const { outputs } = await site.plugin.create("SnapshotTask", "a", { dataset: "tank/a", namingSchema: "x-%s" });

    expect(outputs).toMatchObject({ rowId: 1 });
    expect(await site.appliance.call("pool.snapshottask.query")).toHaveLength(1);
  });

  test("of many: each finds out for itself", async () => {
    await site.plugin.read("Dataset", "tank");
    site.appliance.faults.dropConnection({ when: "after", method: "pool.dataset.create" });

    await Promise.all(["a", "b", "c"].map((name) => site.plugin.create("Dataset", name, { name: `tank/${name}` })));

    expect(await datasets()).toEqual(["tank", "tank/a", "tank/b", "tank/c"]);
    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.create")).toHaveLength(3);
    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.query")).toHaveLength(2);
  });

  test("whose reply is not JSON is looked for before anything else", async () => {
    site.appliance.faults.replyNotJson({ method: "pool.dataset.create" });

    await site.plugin.create("Dataset", "a", { name: "tank/a" });

    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.create")).toHaveLength(1);
  });
});

describe("an update or delete without an answer", () => {
  const before = { name: "tank/a", compression: "LZ4" };
  const news = { name: "tank/a", compression: "ZSTD" };

  test.each(["before", "after"] as const)("is settled when the connection was lost %s it took effect", async (when) => {
    const { outputs } = await site.plugin.create("Dataset", "a", before);
    site.appliance.faults.dropConnection({ when, method: "pool.dataset.update" });
    site.appliance.resetCounters();

    const updated = await site.plugin.update("Dataset", { id: "tank/a", oldInputs: before, oldOutputs: outputs, news });

    expect(updated["compression"]).toBe("ZSTD");
    expect(site.appliance.calls.filter((call) => call.method === "pool.dataset.update")).toHaveLength(1);
  });

  test("a deleted share whose answer was lost is deleted", async () => {
    await site.appliance.call("pool.dataset.create", { name: "tank/a" });
    await site.plugin.create("NfsShare", "a", { path: "/mnt/tank/a" });
    site.appliance.faults.dropConnection({ when: "after", method: "sharing.nfs.delete" });

    await site.plugin.delete("NfsShare", "/mnt/tank/a", { path: "/mnt/tank/a" });

    expect(await site.appliance.call("sharing.nfs.query")).toEqual([]);
  });
});

describe("the middleware", () => {
  test("that is busy is asked again, and done when it has time", async () => {
    site.appliance.faults.errorOn({ method: "pool.dataset.create", text: "[EBUSY] pool or dataset is busy", times: 2 });

    await site.plugin.create("Dataset", "a", { name: "tank/a" });

    expect(await datasets()).toEqual(["tank", "tank/a"]);
  });

  test("that stays busy is given up with advice", async () => {
    site.appliance.faults.errorOn({
      method: "pool.dataset.create",
      text: "[EBUSY] pool or dataset is busy",
      times: 99,
    });

    expect(await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }))).toBe(
      "din: pool.dataset.create was refused because something uses it: pool or dataset is busy (5 attempts); end that use and run again",
    );
  });

  test("that refuses one of a hundred does the other ninety-nine, and says which and why", async () => {
    site.appliance.faults.badItem({
      method: "pool.dataset.create",
      match: ([data]) => (data as { name: string }).name === "tank/d42",
      text: "[EFAULT] Failed to create dataset: no luck",
    });
    const names = Array.from({ length: 100 }, (_, index) => `d${index}`);

    const outcomes = await Promise.allSettled(
      names.map((name) => site.plugin.create("Dataset", name, { name: `tank/${name}` })),
    );

    const failed = outcomes
      .map((outcome, index) => ({ outcome, name: names[index] }))
      .filter(({ outcome }) => outcome.status === "rejected");
    expect(failed.map(({ name }) => name)).toEqual(["d42"]);
    expect(failed.map(({ outcome }) => (outcome as PromiseRejectedResult).reason.details)).toEqual([
      "din: pool.dataset.create failed: Failed to create dataset: no luck",
    ]);
    expect(await datasets()).toHaveLength(100);
  });

  test("that writes noise to stderr is understood all the same", async () => {
    site.appliance.faults.stderrNoise({ times: 10 });

    await site.plugin.create("Dataset", "a", { name: "tank/a" });
    expect(await refusal(site.plugin.create("Dataset", "b", { name: "nowhere/b" }))).toMatch(
      /^din: pool\.dataset\.create was refused: pool_dataset_create\./,
    );
  });

  test("whose answer to a query is not JSON is an error that shows how it begins", async () => {
    site.appliance.faults.replyNotJson({ method: "pool.dataset.query" });

    expect(await refusal(site.plugin.read("Dataset", "tank"))).toBe(
      'din: pool.dataset.query got an answer that makes no sense: it is not JSON and begins with "<html><body>502 Bad Gateway</body></html>"; ' +
        "look at the appliance's middlewared log, and run again",
    );
  });

  test("that is restarting is an error with the reason", async () => {
    site.appliance.faults.daemonDown({ times: 10 });

    expect(await refusal(site.plugin.read("Dataset", "tank"))).toBe(
      "din: system.version_short found no middleware: Failed to run middleware call. Daemon not running? (5 attempts); wait until the appliance is up, and run again",
    );
  });

  test("that restarts is waited for, and what it had not finished is settled", async () => {
    site.appliance.faults.restartMiddleware({ method: "pool.dataset.create" });
    site.appliance.faults.daemonDown({ times: 2 });

    await site.plugin.create("Dataset", "a", { name: "tank/a" });

    expect(await datasets()).toEqual(["tank", "tank/a"]);
  });

  test("that has no space left says so with advice", async () => {
    site.appliance.faults.fullPool("tank");

    expect(await refusal(site.plugin.create("Dataset", "a", { name: "tank/a", reservation: 10 ** 12 }))).toMatch(
      /^din: pool\.dataset\.create failed for lack of space: .*out of space.*; free space or lower the reservation, and run again$/,
    );
  });
});

describe("the version of TrueNAS", () => {
  test.each(["24.10.2", "26.0.0"])("%s is not known, and nothing is changed", async (version) => {
    const other = await Site.start({ version });

    expect(await refusal(other.plugin.create("Dataset", "a", { name: "tank/a" }))).toBe(
      `din: managing this appliance is not possible there: it runs TrueNAS "${version}", and this provider knows 25.04 and 25.10; ` +
        "nothing was changed. Use one of these, or a provider that knows it",
    );
    expect(other.appliance.counters.middlewareCalls).toBe(1);
    await other.stop();
  });
});
