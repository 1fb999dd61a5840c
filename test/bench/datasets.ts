import { plainTable, type Row } from "../../lab/cli/render/plain-table.ts";
import { brokenBounds } from "./bounds.ts";
import { type Cost, type Costs, OPERATIONS, type Operation, type Parallel } from "./cost.ts";
import { type Case, measureManaged } from "./managed.ts";
import { measureNaive, NAIVE_AT_A_TIME } from "./naive.ts";
import type { BenchOptions, Desk, Suite, SuiteResult } from "./suite.ts";

/** One operation of one measurement, beside the naive way. */
interface Line {
  readonly datasets: number;
  readonly delayMs: number;
  readonly engine: Case["engine"] | "naive";
  readonly parallel: Parallel;
  readonly operation: Operation;
  readonly cost: Cost;
  /** How many times as much the naive way takes; absent for itself, and where nothing was done. */
  readonly naiveIs?: { readonly processes?: number; readonly seconds: number };
}

const COLUMNS = [
  ["operation", "left"],
  ["by", "left"],
  ["at once", "right"],
  ["connections", "right"],
  ["processes", "right"],
  ["calls", "right"],
  ["seconds", "right"],
  ["÷ processes", "right"],
  ["÷ seconds", "right"],
] as const;

const LEGEND = `
naive     an SSH connection and a midclt process per dataset and operation, as remote commands do
÷         what the naive way takes, divided by what this line takes
seconds   naive: its commands alone; the others: the whole run, program and engine included`;

/** Sibling datasets: what the appliance sees of creating, keeping, reading and changing them. */
export const datasets: Suite = {
  name: "datasets",
  about: "sibling datasets: connections, processes and calls on the appliance, beside the naive way",
  async run(options: BenchOptions, desk: Desk): Promise<SuiteResult> {
    const lines: Line[] = [];
    const broken: string[] = [];
    for (const delayMs of options.delay) {
      for (const size of options.sizes) {
        const group = await measureGroup(size, delayMs, options, desk);
        lines.push(...group.lines);
        broken.push(...group.broken);
        desk.print(`\n${size} datasets, ${delayMs} ms to start a process\n\n${table(group.lines)}`);
      }
    }
    desk.print(LEGEND);

    const rows = lines.map(({ cost, ...line }) => ({ ...line, ...cost }));
    return { rows, judged: options.engine.includes("lab"), broken };
  },
};

async function measureGroup(size: number, delayMs: number, { engine, parallel }: BenchOptions, desk: Desk) {
  const saying = (who: string) => (operation: Operation) =>
    desk.progress(`${size} datasets, ${delayMs} ms, ${who}: ${operation}`);
  const shared = { datasets: size, delayMs };
  const naive = await measureNaive(size, delayMs, saying("naive"));
  const lines = linesOf({ ...shared, engine: "naive", parallel: NAIVE_AT_A_TIME }, naive);
  const broken: string[] = [];
  for (const one of engine.flatMap((by) => parallel.map((bound) => ({ ...shared, engine: by, parallel: bound })))) {
    const costs = await measureManaged(one, saying(`${one.engine}, parallelism ${one.parallel}`));
    lines.push(...linesOf(one, costs, naive));
    // The official engine's pace is its own: its counts are shown, and not judged.
    if (one.engine === "lab") broken.push(...brokenBounds(one, costs));
  }

  return { lines, broken };
}

function linesOf(one: Omit<Line, "operation" | "cost" | "naiveIs">, costs: Costs, naive?: Costs): Line[] {
  return OPERATIONS.map((operation) => {
    const cost = costs[operation];
    const naiveIs = naive && ratios(naive[operation], cost);
    return { ...one, operation, cost, ...(naiveIs ? { naiveIs } : {}) };
  });
}

function ratios(naive: Cost, ours: Cost): Line["naiveIs"] {
  if (naive.midcltProcesses === 0) return undefined;
  const seconds = naive.seconds / ours.seconds;

  return ours.midcltProcesses > 0 ? { processes: naive.midcltProcesses / ours.midcltProcesses, seconds } : { seconds };
}

/** Lines of one operation stand together, the naive way first. */
function table(lines: readonly Line[]): string {
  const rows = OPERATIONS.flatMap((operation) => lines.filter((line) => line.operation === operation).map(cells));

  return plainTable(COLUMNS, rows);
}

function cells({ operation, engine, parallel, cost, naiveIs }: Line): Row {
  const { sshConnections, midcltProcesses, middlewareCalls, seconds } = cost;

  return [
    engine === "naive" ? operation : "",
    engine,
    String(parallel),
    ...[sshConnections, midcltProcesses, middlewareCalls].map(String),
    seconds.toFixed(1),
    ratio(naiveIs?.processes),
    ratio(naiveIs?.seconds),
  ];
}

function ratio(value: number | undefined): string {
  return value === undefined ? "" : value.toFixed(1);
}
