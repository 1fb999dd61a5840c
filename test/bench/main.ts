import Table from "cli-table3";
import { Command } from "commander";
import { officialEngineIsHere } from "../support/official-stack.ts";
import { type Cost, exceeded, OPERATIONS, type Operation } from "./cost.ts";
import { type Case, measureManaged } from "./managed.ts";
import { measureNaive } from "./naive.ts";

const numbers = (text: string) => text.split(",").map(Number);
const options = new Command("bench")
  .description("Counts what datasets cost on the appliance, beside the naive way")
  .option("--sizes <list>", "numbers of datasets", numbers, [10, 100, 1000])
  .option("--delays <list>", "start-up of a process in milliseconds", numbers, [0, 100])
  .option("--parallel <list>", "operations at a time, 0 for no bound", numbers, [8, 16, 64, 0])
  .parse()
  .opts<{ sizes: number[]; delays: number[]; parallel: number[] }>();

const complaints: string[] = [];
for (const delayMs of options.delays) {
  for (const datasets of options.sizes) {
    process.stdout.write(`\n${datasets} datasets, a process takes ${delayMs} ms to start\n`);
    const table = new Table({
      head: ["", "operation", "connections", "processes", "calls", "seconds", "naive is"],
      colAligns: ["left", "left", "right", "right", "right", "right", "right"],
      style: { head: [], border: [], compact: true },
    });
    const naive = await measureNaive(datasets, delayMs);
    for (const one of cases(datasets, delayMs)) {
      const costs = await measureManaged(one);
      complaints.push(...(one.engine === "lab" ? exceeded(one, costs) : []));
      addRows(table, `${one.engine}, ${one.parallel ?? "no bound"}`, costs, naive);
    }
    addRows(table, "naive, 8", naive);
    process.stdout.write(`${table.toString()}\n`);
  }
}
for (const complaint of complaints) process.stdout.write(`too much: ${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;

function cases(datasets: number, delayMs: number): Case[] {
  const lab = options.parallel.map((parallel) => ({
    datasets,
    delayMs,
    parallel: parallel || undefined,
    engine: "lab" as const,
  }));
  const official = { datasets, delayMs, parallel: 64, engine: "official" as const };
  return officialEngineIsHere() ? [...lab, official] : lab;
}

function addRows(
  table: Table.Table,
  who: string,
  costs: Record<Operation, Cost>,
  naive?: Record<Operation, Cost>,
): void {
  for (const operation of OPERATIONS) {
    const { sshConnections, midcltProcesses, middlewareCalls, seconds } = costs[operation];
    const ratio = naive && seconds > 0 ? `${(naive[operation].seconds / seconds).toFixed(1)} x` : "";
    table.push([who, operation, sshConnections, midcltProcesses, middlewareCalls, seconds.toFixed(2), ratio]);
  }
}
