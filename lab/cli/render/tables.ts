import Table from "cli-table3";
import type { Step } from "../../engine/index.ts";
import { counts, type Operations, operationOf, type Traffic } from "../report.ts";
import { nameOf } from "./tree.ts";

/** One pool in the capacity table, as the program exports it; sizes in bytes. */
export interface CapacityRow {
  readonly appliance: string;
  readonly pool: string;
  readonly layout: string;
  readonly raw: number;
  readonly usable: number;
  /** What the site's plan says, where it says anything. */
  readonly stated?: number;
  readonly committed: number;
  readonly committedWithAdded: number;
}

const PLAIN = { head: [], border: [], compact: true };
const TERABYTE = 1e12;

/** Capacity of every pool beside what its quotas promise. */
export function renderCapacity(rows: readonly CapacityRow[]): string {
  const table = new Table({
    head: ["pool", "layout", "raw", "usable", "plan says", "promised", "", "with ours", ""],
    colAligns: ["left", "left", "right", "right", "right", "right", "right", "right", "right"],
    style: PLAIN,
  });
  for (const row of rows) {
    const { committed, committedWithAdded, usable } = row;
    const sizes = [terabytes(row.raw), terabytes(usable), row.stated ? terabytes(row.stated) : "–"];
    const promised = [terabytes(committed), percent(committed, usable)];
    const withOurs = [terabytes(committedWithAdded), percent(committedWithAdded, usable)];
    table.push([`${row.appliance}/${row.pool}`, row.layout, ...sizes, ...promised, ...withOurs]);
  }
  return table.toString();
}

/** How many objects of each kind a run made or changed, and where. */
export function renderWhere(steps: readonly Step[]): string {
  const done = steps.filter((step) => operationOf(step) === "waiting" || (counts(step) && step.op !== "same"));
  const groups = Map.groupBy(done, (step) => [placeOf(step), kindOf(step), operationOf(step)].join("\t"));
  const table = new Table({
    head: ["where", "kind", "operation", "objects"],
    colAligns: ["left", "left", "left", "right"],
    style: PLAIN,
  });
  for (const [key, members] of [...groups].sort(([one], [other]) => one.localeCompare(other))) {
    table.push([...key.split("\t"), String(members.length)]);
  }
  return groups.size === 0 ? "nothing was changed anywhere" : table.toString();
}

/** What each simulated appliance counted. */
export function renderTraffic(traffic: Readonly<Record<string, Traffic>>): string {
  const table = new Table({
    head: ["appliance", "SSH connections", "midclt processes", "middleware calls"],
    colAligns: ["left", "right", "right", "right"],
    style: PLAIN,
  });
  for (const [host, { sshConnections, midcltProcesses, middlewareCalls }] of Object.entries(traffic)) {
    table.push([host, sshConnections, midcltProcesses, middlewareCalls].map(String));
  }
  return table.toString();
}

/** The counts of a run on one line, without the zeroes. */
export function renderOperations(operations: Operations): string {
  const parts = Object.entries(operations).filter(([, count]) => count > 0);
  return parts.length === 0 ? "no resources" : parts.map(([operation, count]) => `${count} ${operation}`).join(", ");
}

function placeOf(step: Step): string {
  return nameOf(step.parent ?? step.urn);
}

function kindOf(step: Step): string {
  return step.type.split(":").at(-1) ?? step.type;
}

function terabytes(bytes: number): string {
  const size = bytes / TERABYTE;
  return `${size.toFixed(size < 10 ? 2 : 1)} TB`;
}

function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((part / whole) * 100)} %` : "";
}
