import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ErrorKind, failureMessage } from "../../../truenas/midclt/errors.ts";
import { readFailure } from "../../../truenas/midclt/failure-text.ts";
import { poolTopologyPayload } from "../../../truenas/model/pool-disks.ts";
import { endpointOf, readEnvironment } from "../../../truenas/plugin/environment.ts";
import { Plugin, refusal, UNKNOWN } from "../support/plugin.ts";
import { HOST, Site } from "../support/site.ts";

const WELL = "see that the appliance is well, and run again";

describe("what a failed call says", () => {
  const sentences: Readonly<Record<ErrorKind, string>> = {
    "not-found": "X found nothing: D; run refresh to see what is there",
    exists: "X was refused because it exists already: D",
    busy: "X was refused because something uses it: D; end that use and run again",
    "not-yet": "X was refused because what it needs has not appeared: D; see that it is there and run again",
    validation: "X was refused: D",
    full: "X failed for lack of space: D; free space or lower the reservation, and run again",
    auth: "X was not permitted: D; use root, a full administrator, or sudo: true with midclt allowed",
    sudo: "X was not sent, because it carries a secret: D",
    login: "D",
    "host-key": "D",
    unreachable: "D",
    restarting: "X found no middleware: D; wait until the appliance is up, and run again",
    transport: `X got no answer: D; ${WELL}`,
    timeout: `X got no answer in time: D; ${WELL}`,
    "too-big": "X was not sent: D",
    unsupported: "X is not possible there: D",
    protocol: "X got an answer that makes no sense: D",
    cancelled: "X was not sent: D",
    failed: "X failed: D",
  };

  test.each(Object.entries(sentences))("%s", (kind, sentence) => {
    expect(failureMessage({ kind: kind as ErrorKind, host: "din", method: "X", detail: "D" })).toBe(`din: ${sentence}`);
  });

  test.each([
    ["", "failed", "it gave no reason"],
    ["Traceback (most recent call last):\n  File x\nKeyError: 'a'\n", "failed", "KeyError: 'a'"],
    ["[EACCES] Not authorized\n", "auth", "Not authorized"],
    [
      "0 / 2\n1 / 2\nWebSocket connection closed with code=1006\n",
      "transport",
      "WebSocket connection closed with code=1006",
    ],
    ["sudo: a password is required\n", "auth", "sudo: a password is required"],
    ["sh: 1: midclt: not found\n", "unsupported", "sh: 1: midclt: not found"],
    [
      "[EINVAL] data.quota: too small\n[EINVAL] data.name: wrong\n",
      "validation",
      "data.quota: too small; data.name: wrong",
    ],
  ])("%j is understood", (text, kind, detail) => {
    expect(readFailure(text)).toMatchObject({ kind, detail });
  });
});

describe("the environment", () => {
  test("with a time limit that is none", () => {
    expect(() => readEnvironment({ TRUENAS_CALL_TIMEOUT: "soon" })).toThrow(
      'TRUENAS_CALL_TIMEOUT is "soon"; use a number of seconds above 0',
    );
  });
});

describe("a pool's disks", () => {
  const topology = { data: [{ type: "STRIPE", disks: ["S1"] }] };
  const advice = "Correct the topology or the disks; nothing was changed";

  test.each([
    [
      [
        { serial: "S1", name: "sda" },
        { serial: "S1", name: "sdb" },
      ],
      "2 disks have serial S1",
    ],
    [[{ serial: "S1", name: "sda", exported_zpool: "old" }], "disk S1 (sda) holds the exported pool old"],
    [[{ serial: "S1", name: "sda", used: true }], "disk S1 (sda) is in use"],
  ])("%j", (rows, problem) => {
    expect(() => poolTopologyPayload(topology, rows)).toThrow(
      `the pool's disks are not as stated: ${problem}. ${advice}`,
    );
  });
});

describe("a provider that cannot begin", () => {
  test("says what is missing, strange or unknown", async () => {
    const plugin = await Plugin.start();
    const read = (type = "Dataset") => refusal(plugin.read(type, "tank"));
    await plugin.handshake();

    expect(await read()).toBe("the provider is not configured; the engine must call Configure first");
    await plugin.configure({ host: HOST, label: "din", privateKey: "key" });
    expect(await read("Cluster")).toBe(
      "truenas:index:Cluster is no resource type of this provider; see the package schema for its types",
    );
    expect(await read()).toBe(
      `din: no host key is configured, and an unknown one is never trusted; read it at the console of ${HOST} ` +
        `(or with ssh-keyscan -p 22 ${HOST}, and compare) and state it as hostKey of the provider`,
    );
    await plugin.configure({ host: UNKNOWN, label: "din" });
    expect(await read()).toBe("din: host of the provider is not known yet; apply what it comes from first");
    await plugin.configure({ host: HOST, label: "din", maintenance: "new fan" });
    expect(await read()).toBe(
      "din is in maintenance (new fan), so nothing can be imported from it; end the maintenance and run again",
    );
    expect(await refusal(plugin.create("Dataset", "a", { name: "tank/a" }))).toBe(
      'din is in maintenance (new fan): cannot create Dataset "tank/a"; end the maintenance in the site and run again',
    );
    expect(await plugin.checkConfig({ host: HOST, hostKey: "AAAA" })).toEqual([
      {
        property: "hostKey",
        reason: 'hostKey "AAAA" is no SSH host key; use "type base64" as ssh-keyscan prints it, without the host name',
      },
    ]);
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    expect(await refusal(plugin.create("Dataset", "a", { name: "tank/a", comments: asset }))).toBe(
      "assets and archives are not accepted by this provider; pass text",
    );
    await plugin.stop();
  });
});

describe("an appliance", () => {
  let site: Site;
  beforeEach(async () => {
    site = await Site.start({}, { TRUENAS_CALL_TIMEOUT: "1" });
    await site.makePool("tank");
  });
  afterEach(async () => {
    await site.stop();
  });
  const readTank = () => refusal(site.plugin.read("Dataset", "tank"));

  test("that never answers a query", async () => {
    site.appliance.faults.dropConnection({ when: "before", method: "pool.dataset.query", times: 9 });
    expect(await readTank()).toBe(
      `din: pool.dataset.query got no answer: the connection was lost while it ran; ${WELL}`,
    );
    await site.appliance.faults.clear();
    await site.nextPhase();
    site.appliance.faults.slowCall({ method: "pool.dataset.query", ms: 1500, times: 9 });
    expect(await readTank()).toBe(
      `din: pool.dataset.query got no answer in time: nothing came back within 1 s; it may still be running there; ${WELL}`,
    );
  });

  test("that answers a query with something else than a list", async () => {
    site.appliance.faults.replyNotJson({ method: "pool.dataset.query", text: "{}\n" });
    expect(await readTank()).toBe(
      "din: pool.dataset.query got an answer that makes no sense: it is not the list that was expected; look at the appliance's middlewared log, and run again",
    );
  });

  test("that does not permit, or says that it is there when it is not", async () => {
    const create = () => refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }));
    site.appliance.faults.errorOn({ method: "pool.dataset.create", text: "[EACCES] Not authorized" });
    expect(await create()).toBe(
      "din: pool.dataset.create was not permitted: Not authorized; use root, a full administrator, or sudo: true with midclt allowed",
    );
    site.appliance.faults.errorOn({ method: "pool.dataset.create", text: "[EEXIST] tank/a" });
    expect(await create()).toBe("din: pool.dataset.create was refused because it exists already: tank/a");
  });

  test("is not sent what its middleware cannot take", async () => {
    const userProperties = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [`homelab:note-${index}`, "x".repeat(1000)]),
    );
    const message = await refusal(site.plugin.create("Dataset", "a", { name: "tank/a", userProperties }));
    expect(message).toMatch(
      /^din: pool\.dataset\.create was not sent: its 7\d{4} bytes exceed the 65536 that the middleware takes; shorten the values$/,
    );
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("from which somebody took what is to be changed", async () => {
    const inputs = { name: "tank/a" };
    const { outputs } = await site.plugin.create("Dataset", "a", inputs);
    await site.appliance.call("pool.dataset.delete", "tank/a");
    const news = { ...inputs, compression: "ZSTD" };
    expect(
      await refusal(site.plugin.update("Dataset", { id: "tank/a", oldInputs: inputs, oldOutputs: outputs, news })),
    ).toBe('din: Dataset "tank/a" is gone from the appliance; run refresh, and the next up makes it anew');
  });

  test("keeps a dataset in which something is", async () => {
    const inputs = { name: "tank/a", onDestroy: "destroy" };
    await site.plugin.create("Dataset", "a", inputs);
    await site.appliance.call("pool.dataset.create", { name: "tank/a/below" });
    await site.appliance.call("pool.snapshot.create", { dataset: "tank/a", name: "one" });
    expect(await refusal(site.plugin.delete("Dataset", "tank/a", inputs))).toMatch(
      /^din: dataset "tank\/a" is not destroyed, because it is not empty: it has 1 below it, 1 snapshots(, files)?\. To take it out, state retain for it and run up, then delete the line and run up again: the data stays$/,
    );
  });

  test("whose host is not among those that the environment lists, or whose list is unfit", () => {
    const file = join(site.directory, "endpoints.json");
    expect(() => endpointOf(file, "192.0.2.99")).toThrow(
      `host 192.0.2.99 is not listed in TRUENAS_ENDPOINTS (${file} lists ${HOST}); add it there or unset TRUENAS_ENDPOINTS`,
    );
    writeFileSync(file, "{");
    expect(() => endpointOf(file, HOST)).toThrow(`TRUENAS_ENDPOINTS names ${file}, which cannot be read as JSON: `);
    writeFileSync(file, `{"${HOST}": {}}`);
    expect(() => endpointOf(file, HOST)).toThrow(
      `TRUENAS_ENDPOINTS names ${file}, which has another form than { host: { host, port, user, hostKey, privateKeyFile } }: `,
    );
  });
});

test("TrueNAS 25.04 has fewer SMB options, purposes and log servers, and says so", async () => {
  const site = await Site.start({ version: "25.04.2" });
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  const share = (more: object) =>
    refusal(site.plugin.create("SmbShare", "a", { name: "a", path: "/mnt/tank/a", ...more }));

  expect(await share({ purpose: "TIME_LOCKED_SHARE", options: { gracePeriod: 600 } })).toBe(
    'TrueNAS 25.04 has no SMB option "grace_period"; remove it or upgrade to 25.10',
  );
  expect(await share({ purpose: "EXTERNAL_SHARE", path: "EXTERNAL" })).toBe(
    "TrueNAS 25.04 has no SMB purpose EXTERNAL_SHARE; use another or upgrade to 25.10",
  );
  const syslogservers = [{ host: "192.0.2.30" }, { host: "192.0.2.31" }];
  expect(await refusal(site.plugin.create("SystemAdvanced", "log", { syslogservers }))).toBe(
    "TrueNAS 25.04 sends its log to one server, and 2 are stated; keep one",
  );
  await site.stop();
});
