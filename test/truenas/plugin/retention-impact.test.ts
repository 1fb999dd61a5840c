import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LoopbackServer, serve, unary } from "../../../lab/engine/protocol/rpc.ts";
import { EngineService, empty } from "../../../lab/engine/protocol/wire.ts";
import type { Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

const HOUR = 3_600_000;
const said: Record<string, string> = {};
let engine: LoopbackServer;
let site: Site;
let even: string;

const SEVERITIES = ["debug", "info", "warning", "error"];
const usual = (name: string) => ({
  dataset: `tank/${name}`,
  namingSchema: "hourly-%Y-%m-%d_%H-%M",
  lifetimeValue: 2,
  lifetimeUnit: "DAY",
});
const ids = ["a", "b", "c", "d"];
const made: Record<string, Values> = {};

/** What is said at the resource when its inputs become these. */
async function heard(name: string, news: Values): Promise<string | undefined> {
  const inputs = usual(name);
  const id = `${inputs.dataset}@${inputs.namingSchema}`;
  const urn = site.plugin.urn("SnapshotTask", "it");
  delete said[urn];
  const states = { id, oldInputs: inputs, oldOutputs: made[name] ?? {} };
  await site.plugin.diff("SnapshotTask", { ...states, news: { ...inputs, ...news } });
  return said[urn];
}

beforeAll(async () => {
  engine = await serve(EngineService, {
    log: unary((request: LogRequest) => {
      said[request.getUrn()] = `${SEVERITIES[request.getSeverity()]}: ${request.getMessage()}`;
      return new empty.Empty();
    }),
  });
  site = await Site.start({}, { TRUENAS_PREVIEW: "connected" }, engine.address);
  await site.makePool("tank");
  for (const name of ids) await site.appliance.call("pool.dataset.create", { name: `tank/${name}` });
  for (const name of ids) made[name] = (await site.plugin.create("SnapshotTask", name, usual(name))).outputs;
  await site.appliance.clock.advance(6 * HOUR);
  const [first] = (await site.appliance.call("pool.snapshot.query", [["dataset", "=", "tank/a"]])) as { id: string }[];
  even = Number(first?.id.slice(-5, -3)) % 2 === 0 ? "*/2" : "1-23/2";
  await site.nextPhase();
});
afterAll(async () => {
  await site.stop();
  engine.stop();
});

test("the appliance is asked once what changes of many tasks do to the snapshots that are there", async () => {
  expect(await heard("d", { allowEmpty: false })).toBe(undefined);
  expect(site.appliance.counters.sshConnections).toBe(0);

  expect(await heard("a", { schedule: { hour: even } })).toBe(
    "warning: 3 existing snapshots of tank/a change their expiry: 3 no longer belong to the task, and go on the day on which they were to go",
  );
  expect(await heard("b", { lifetimeValue: 1, lifetimeUnit: "HOUR" })).toBe(
    "warning: 6 existing snapshots of tank/b change their expiry: 6 are kept 1 HOUR instead of 2 DAY, so that those which are older go when the task next runs",
  );
  expect(await heard("b", { lifetimeValue: 1, lifetimeUnit: "WEEK" })).toBe(
    "info: 6 existing snapshots of tank/b change their expiry: 6 are kept 1 WEEK instead of 2 DAY",
  );
  expect(await heard("c", { enabled: false })).toBe(
    "warning: 6 existing snapshots of tank/c change their expiry: 6 stay until the task is enabled again",
  );
  expect(await heard("a", { namingSchema: "h-%Y-%m-%d_%H-%M", keepRemovalDates: false })).toBe(
    "warning: 6 existing snapshots of tank/a change their expiry: 6 no longer belong to the task, and are never removed by themselves (keepRemovalDates is false)",
  );

  const { sshConnections, midcltProcesses, writes } = site.appliance.counters;
  // The version, the tasks, and one question for all of them.
  expect({ sshConnections, midcltProcesses, writes }).toEqual({ sshConnections: 1, midcltProcesses: 3, writes: 0 });
});

test("an appliance that does not answer is no reason to stop", async () => {
  await site.nextPhase();
  await site.appliance.faults.hostDown();

  expect(await heard("a", { lifetimeValue: 1 })).toContain(
    "warning: what this change does to existing snapshots is not known: din",
  );
  await site.appliance.faults.hostUp();
});

test("a changed or removed task fixes the dates of what it no longer owns, unless it is told not to", async () => {
  const id = (name: string) => `tank/${name}@hourly-%Y-%m-%d_%H-%M`;
  const fixed = async (dataset: string) => {
    const rows = (await site.appliance.call("pool.snapshot.query", [["dataset", "=", dataset]])) as {
      properties: Values;
    }[];
    return rows.filter(({ properties }) => Object.keys(properties).some((key) => key.startsWith("org.truenas:destroy")))
      .length;
  };
  await site.nextPhase();
  const change = async (name: string, values: Values) => {
    const states = { id: id(name), oldInputs: usual(name), oldOutputs: made[name] ?? {} };
    return await site.plugin.update("SnapshotTask", { ...states, news: { ...usual(name), ...values } });
  };

  await change("a", { schedule: { hour: even } });
  await change("b", { schedule: { hour: even }, keepRemovalDates: false });
  await site.plugin.delete("SnapshotTask", id("c"), usual("c"), made["c"]);
  const loose = { ...usual("d"), keepRemovalDates: false };
  await site.plugin.delete("SnapshotTask", id("d"), loose, made["d"]);

  expect(await Promise.all(ids.map((name) => fixed(`tank/${name}`)))).toEqual([3, 0, 6, 0]);
});
