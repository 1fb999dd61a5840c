import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeEndpoints } from "../../../lab/truenas/index.ts";
import { methodsOf } from "../../../lab/truenas/methods/registry.ts";
import { SimulatedTrueNas } from "../../../lab/truenas/simulated-truenas.ts";
import { refusalOfWrite } from "../../../truenas/inspect/only-reads.ts";
import { Inspection } from "../../../truenas/inspect.ts";
import { EIGHT_DISKS } from "../../lab/truenas/support/appliance.ts";

const HOST = "192.0.2.20";

const declared = (count: number) => [
  {
    token: "truenas:index:Pool",
    inputs: { name: "tank", topology: { data: [{ type: "RAIDZ1", disks: ["S0", "S1", "S2"] }] } },
  },
  ...Array.from({ length: count }, (_, at) => [
    { token: "truenas:index:Dataset", inputs: { name: `tank/d${at}`, compression: "ZSTD", quota: 2 ** 30 } },
    { token: "truenas:index:FilesystemAcl", inputs: { path: `/mnt/tank/d${at}`, user: "apps", mode: "750" } },
    { token: "truenas:index:NfsShare", inputs: { path: `/mnt/tank/d${at}`, networks: ["192.0.2.0/24"], ro: true } },
    {
      token: "truenas:index:SnapshotTask",
      inputs: { dataset: `tank/d${at}`, namingSchema: "x-%Y-%m-%d_%H-%M", schedule: { minute: "0", hour: "*/2" } },
    },
  ]).flat(),
  { token: "truenas:index:Service", inputs: { service: "nfs", enable: true, running: true } },
  { token: "truenas:index:ScrubTask", inputs: { pool: "tank", threshold: 6 } },
];

describe("an appliance that is looked at", () => {
  const directory = mkdtempSync(join(tmpdir(), "inspection-"));
  const environment = { endpointsFile: join(directory, "endpoints.json"), callTimeout: 20 };
  let nas: SimulatedTrueNas;

  beforeAll(async () => {
    nas = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS }, { dir: join(directory, "nas") });
    await writeEndpoints(environment.endpointsFile, { [HOST]: nas });
    await nas.call("pool.create", {
      name: "tank",
      topology: { data: [{ type: "RAIDZ1", disks: ["sda", "sdb", "sdc"] }] },
    });
    for (const at of [0, 1, 2, 3]) await furnish(at);
    await nas.call("service.update", "nfs", { enable: true });
    await nas.call("service.control", "START", "nfs", {});
    await nas.call("pool.scrub.update", 1, { threshold: 6 });
  });

  afterAll(async () => {
    await nas.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function furnish(at: number): Promise<void> {
    const name = `tank/d${at}`;
    await nas.call("pool.dataset.create", { name, compression: "ZSTD", quota: 2 ** 30 });
    await nas.call("filesystem.setperm", {
      path: `/mnt/${name}`,
      mode: "750",
      user: "apps",
      options: { stripacl: true },
    });
    await nas.call("sharing.nfs.create", { path: `/mnt/${name}`, networks: ["192.0.2.7/24"], ro: true });
    await nas.call("pool.snapshottask.create", {
      dataset: name,
      naming_schema: "x-%Y-%m-%d_%H-%M",
      schedule: { minute: "00", hour: "*/2" },
    });
  }

  async function looking<T>(look: (inspection: Inspection) => Promise<T>): Promise<T> {
    nas.resetCounters();
    const inspection = new Inspection({ host: HOST, label: "nas" }, environment);
    try {
      return await look(inspection);
    } finally {
      inspection.close();
    }
  }

  test("takes as many processes for twice as many objects, over one connection", async () => {
    const few = await looking((inspection) => inspection.compare(declared(2)));
    const costOfFew = nas.counters;
    const many = await looking((inspection) => inspection.compare(declared(4)));

    expect([...few, ...many].map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => "equal"));
    expect(nas.counters.midcltProcesses).toBe(costOfFew.midcltProcesses);
    expect(nas.counters.midcltProcesses).toBeLessThanOrEqual(4);
    expect(nas.counters.sshConnections).toBe(1);
    expect(nas.counters.writes).toBe(0);
  });

  test("says what is not as declared, what is missing, and what cannot be told apart", async () => {
    const others = [
      { token: "truenas:index:Dataset", inputs: { name: "tank/d0", compression: "LZ4", quota: 2 ** 31 } },
      {
        token: "truenas:index:SnapshotTask",
        inputs: { dataset: "tank/d0", namingSchema: "x-%Y-%m-%d_%H-%M", schedule: { minute: "5", hour: "*/2" } },
      },
      { token: "truenas:index:Dataset", inputs: { name: "tank/gone" } },
      { token: "truenas:index:FilesystemAcl", inputs: { path: "/mnt/tank/gone", mode: "770" } },
      { token: "truenas:index:NfsShare", inputs: { path: "/mnt/tank/d1" } },
    ];
    await nas.call("sharing.nfs.create", { path: "/mnt/tank/d1", networks: ["198.51.100.0/24"] });

    expect(await looking((inspection) => inspection.compare(others))).toEqual([
      {
        id: "tank/d0",
        state: "different",
        deviations: [
          { path: "compression", kind: "update", found: "ZSTD", expected: "LZ4" },
          { path: "quota", kind: "update", found: 2 ** 30, expected: 2 ** 31 },
        ],
      },
      {
        id: "tank/d0@x-%Y-%m-%d_%H-%M",
        state: "different",
        deviations: [{ path: "schedule.minute", kind: "update", found: "00", expected: "5" }],
      },
      { id: "tank/gone", state: "missing", deviations: [] },
      { id: "/mnt/tank/gone", state: "missing", deviations: [] },
      {
        id: "/mnt/tank/d1",
        state: "unreadable",
        deviations: [],
        reason: expect.stringContaining('2 objects of sharing.nfs are called "/mnt/tank/d1"'),
      },
    ]);
  });

  test("answers other questions together with the comparison", async () => {
    const answers = await looking((inspection) =>
      Promise.all([
        inspection.compare(declared(2)),
        inspection.ask("system.info"),
        inspection.ask("pool.query"),
        inspection.snapshotNames(),
      ]),
    );

    expect(answers[1]).toMatchObject({ hostname: "nas" });
    expect(answers[3]).toEqual([]);
    expect(nas.counters.midcltProcesses).toBeLessThanOrEqual(5);
  });

  test("refuses to send what writes, also in a bulk", async () => {
    const bulk = [
      "core.bulk",
      [
        ["pool.query", [[]]],
        ["pool.dataset.delete", [["tank/d0"]]],
      ],
    ] as const;
    const said = looking((inspection) => inspection.ask("core.bulk", ...bulk));

    await expect(said).rejects.toThrow(
      "nas: pool.dataset.delete may change something, and only what reads is sent here; nothing was sent",
    );
    expect(nas.counters.writes).toBe(0);
  });
});

describe("what may be sent to an appliance that is looked at", () => {
  test.each(["25.04", "25.10"] as const)("is nothing that changes an appliance of %s", (dialect) => {
    const writes = Object.entries(methodsOf(dialect)).filter(([, method]) => method.writes || method.job);
    const sent = writes.filter(([method]) => refusalOfWrite({ method, params: [] }) === undefined);

    expect(sent.map(([method]) => method)).toEqual([]);
  });

  test.each([
    { method: "core.bulk", params: [] },
    { method: "core.bulk", params: ["pool.query", "all"] },
    { method: "core.bulk", params: ["core.bulk", ["pool.query"]] },
    { method: "core.bulk", params: ["core.bulk", [["core.bulk", [["pool.create", []]]]]] },
    { method: "pool.queryish", params: [] },
    { method: "query.pool", params: [] },
  ])("is no call that nobody knows: $method $params", (call) => {
    expect(refusalOfWrite(call)).toBeDefined();
  });
});
