import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Run, Stack, type StackOptions } from "../../lab/engine/index.ts";
import { SimulatedTrueNas, writeEndpoints } from "../../lab/truenas/index.ts";
import { OfficialStack } from "../support/official-stack.ts";
import type { Cost, Operation } from "./cost.ts";

/** One line of the bench: how many datasets, how slow a process starts, how many operations at a time, which engine. */
export interface Case {
  readonly datasets: number;
  readonly delayMs: number;
  /** Operations at a time; absent for no bound. */
  readonly parallel: number | undefined;
  readonly engine: "lab" | "official";
}

const PROGRAM = fileURLToPath(new URL("program", import.meta.url));
const DISKS = [1, 2, 3, 4].map((at) => ({ serial: `BENCH-${at}`, size: 4e12 }));
const UNBOUNDED = 10_000;

/** Runs the bench program through an engine against a simulated appliance and counts what each operation cost there. */
export async function measureManaged(one: Case): Promise<Record<Operation, Cost>> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-bench-"));
  const appliance = await SimulatedTrueNas.start(
    { name: "bench", disks: DISKS },
    { dir: join(dir, "appliance"), processDelayMs: one.delayMs },
  );
  const endpoints = join(dir, "endpoints.json");
  await writeEndpoints(endpoints, { "192.0.2.10": appliance });
  const stack = (firstQuota: number) => engineFor(one, dir, endpoints, firstQuota);

  try {
    return {
      create: await cost(appliance, () => stack(1).up()),
      "no-op": await cost(appliance, () => stack(1).up()),
      refresh: await cost(appliance, () => stack(1).refresh()),
      "one change": await cost(appliance, () => stack(2).up()),
    };
  } finally {
    await appliance.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function engineFor(one: Case, dir: string, endpoints: string, firstQuota: number): Stack | OfficialStack {
  const options: StackOptions = {
    projectDir: PROGRAM,
    stack: "bench",
    config: { "bench:count": String(one.datasets), "bench:firstQuota": String(firstQuota) },
    stateFile: join(dir, "state.json"),
    env: { TRUENAS_ENDPOINTS: endpoints },
    parallel: one.parallel ?? UNBOUNDED,
  };
  return one.engine === "lab" ? new Stack(options) : new OfficialStack(options);
}

async function cost(appliance: SimulatedTrueNas, operation: () => Promise<Run>): Promise<Cost> {
  appliance.resetCounters();
  const started = performance.now();
  const run = await operation();
  const seconds = (performance.now() - started) / 1000;
  if (!run.ok) throw new Error(run.diagnostics.map(({ message }) => message).join("\n"));

  const { sshConnections, midcltProcesses, middlewareCalls } = appliance.counters;
  return { sshConnections, midcltProcesses, middlewareCalls, seconds };
}
