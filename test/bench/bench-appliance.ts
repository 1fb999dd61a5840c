import { join } from "node:path";
import { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import type { Cost } from "./cost.ts";

const DISKS = [1, 2, 3, 4].map((at) => ({ serial: `BENCH-${at}`, size: 4e12 }));

/** Starts an appliance with one empty pool, `tank`, on which each process takes that long to start. */
export async function startBenchAppliance(dir: string, processDelayMs: number): Promise<SimulatedTrueNas> {
  const options = { dir: join(dir, "appliance"), processDelayMs };
  const appliance = await SimulatedTrueNas.start({ name: "bench", disks: DISKS }, options);
  const disks = (await appliance.call("disk.query")) as { name: string }[];
  const topology = { data: [{ type: "RAIDZ1", disks: disks.map(({ name }) => name) }] };
  await appliance.call("pool.create", { name: "tank", topology });

  return appliance;
}

/** Counts what an operation does on the appliance, and times it. */
export async function costOf(appliance: SimulatedTrueNas, operation: () => Promise<void>): Promise<Cost> {
  appliance.resetCounters();
  const started = performance.now();
  await operation();
  const seconds = (performance.now() - started) / 1000;
  const { sshConnections, midcltProcesses, middlewareCalls } = appliance.counters;

  return { sshConnections, midcltProcesses, middlewareCalls, seconds };
}
