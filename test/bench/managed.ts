import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Run, Stack, type StackOptions } from "../../lab/engine/index.ts";
import { type SimulatedTrueNas, writeEndpoints } from "../../lab/truenas/index.ts";
import { OfficialStack } from "../support/official-stack.ts";
import { costOf, startBenchAppliance } from "./bench-appliance.ts";
import { type Cost, type Costs, OPERATIONS, type Operation, type Parallel } from "./cost.ts";

/** The engines that can run the bench program. */
export const ENGINES = ["lab", "official"] as const;

/** One measurement: how many datasets, how slow a process starts, how many operations at a time, which engine. */
export interface Case {
  readonly datasets: number;
  readonly delayMs: number;
  readonly parallel: Parallel;
  readonly engine: (typeof ENGINES)[number];
}

const PROGRAM = fileURLToPath(new URL("program", import.meta.url));
const UNBOUNDED = 100_000;

/** Runs the bench program against a simulated appliance and measures every operation; `say` hears which one runs. */
export async function measureManaged(one: Case, say: (operation: Operation) => void = () => {}): Promise<Costs> {
  return (await measureSome(one, OPERATIONS, say)) as Costs;
}

/** Measures some operations, one after another; the first must be `create`. */
export async function measureSome<O extends Operation>(
  one: Case,
  operations: readonly O[],
  say: (operation: Operation) => void = () => {},
): Promise<Readonly<Record<O, Cost>>> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-bench-"));
  const appliance = await startBenchAppliance(dir, one.delayMs);
  try {
    const endpoints = join(dir, "endpoints.json");
    await writeEndpoints(endpoints, { "192.0.2.10": appliance });
    const stack = (firstQuota: number) => engineFor(one, dir, endpoints, firstQuota);
    const costs: [O, Cost][] = [];
    for (const operation of operations) {
      say(operation);
      costs.push([operation, await costOf(appliance, () => expectFine(() => OPERATE[operation](stack)))]);
    }
    return Object.fromEntries(costs) as Record<O, Cost>;
  } finally {
    await end(appliance, dir);
  }
}

/** How each operation is asked of the engine; the one change is another quota for the first dataset. */
const OPERATE: Readonly<Record<Operation, (stack: (firstQuota: number) => Stack | OfficialStack) => Promise<Run>>> = {
  create: (stack) => stack(1).up({ skipPreview: true }),
  "no-op": (stack) => stack(1).up({ skipPreview: true }),
  refresh: (stack) => stack(1).refresh(),
  "one change": (stack) => stack(2).up({ skipPreview: true }),
};

async function end(appliance: SimulatedTrueNas, dir: string): Promise<void> {
  await appliance.stop();
  rmSync(dir, { recursive: true, force: true });
}

function engineFor(one: Case, dir: string, endpoints: string, firstQuota: number): Stack | OfficialStack {
  const options: StackOptions = {
    projectDir: PROGRAM,
    stack: "bench",
    config: { "bench:count": String(one.datasets), "bench:firstQuota": String(firstQuota) },
    stateFile: join(dir, "state.json"),
    env: { TRUENAS_ENDPOINTS: endpoints },
    parallel: one.parallel === "unbounded" ? UNBOUNDED : one.parallel,
  };
  return one.engine === "lab" ? new Stack(options) : new OfficialStack(options);
}

async function expectFine(operate: () => Promise<Run>): Promise<void> {
  const run = await operate();
  if (!run.ok)
    throw new Error(`the bench program failed:\n${run.diagnostics.map(({ message }) => message).join("\n")}`);
}
