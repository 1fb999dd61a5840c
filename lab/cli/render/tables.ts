import { styleText } from "node:util";
import type { Step } from "../../engine/index.ts";
import { changed, countOperations, counts, type Operations, operationOf, type Traffic } from "../report.ts";
import { nameOf } from "../resource-name.ts";
import { plainTable } from "./plain-table.ts";

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

const TERABYTE = 1e12;

/** Capacity of every pool beside what its quotas promise, in decimal terabytes. */
export function renderCapacity(rows: readonly CapacityRow[]): string {
  const appliances = Map.groupBy(rows, ({ appliance }) => appliance);
  const body = [...appliances].flatMap(([appliance, pools]) => [appliance, ...pools.map(capacityCells)]);

  return plainTable(
    [
      ["sizes in TB", "left"],
      ["", "left"],
      ["raw", "right"],
      ["usable", "right"],
      ["plan says", "right"],
      ["promised", "right"],
      ["", "right"],
      ["with ours", "right"],
      ["", "right"],
    ],
    body,
  );
}

function capacityCells(row: CapacityRow): string[] {
  const { pool, layout, raw, usable, stated, committed, committedWithAdded } = row;
  const promised = [terabytes(committed), percent(committed, usable)];
  const withOurs = [terabytes(committedWithAdded), percent(committedWithAdded, usable)];

  return [
    `  ${pool}`,
    layout,
    terabytes(raw),
    terabytes(usable),
    stated ? terabytes(stated) : "–",
    ...promised,
    ...withOurs,
  ];
}

/** How many objects of each kind a run made or changed, and where. */
export function renderWhere(steps: readonly Step[]): string {
  const done = steps.filter((step) => operationOf(step) === "waiting" || (counts(step) && step.op !== "same"));
  const groups = Map.groupBy(done, (step) => [placeOf(step), kindOf(step), operationOf(step)].join("\t"));
  if (groups.size === 0) return "nothing was changed anywhere";
  const rows = [...groups].sort(([one], [other]) => one.localeCompare(other));

  return plainTable(
    [
      ["where", "left"],
      ["kind", "left"],
      ["operation", "left"],
      ["objects", "right"],
    ],
    rows.map(([key, members]) => [...key.split("\t"), String(members.length)]),
  );
}

/** What each simulated appliance counted. */
export function renderTraffic(traffic: Readonly<Record<string, Traffic>>): string {
  return plainTable(
    [
      ["appliance", "left"],
      ["SSH connections", "right"],
      ["midclt processes", "right"],
      ["middleware calls", "right"],
    ],
    Object.entries(traffic).map(([host, { sshConnections, midcltProcesses, middlewareCalls }]) =>
      [host, sshConnections, midcltProcesses, middlewareCalls].map(String),
    ),
  );
}

/** The counts of a run on one line, without the zeroes. */
export function renderOperations(operations: Operations): string {
  const parts = Object.entries(operations).filter(([, count]) => count > 0);
  return parts.length === 0 ? "no resources" : parts.map(([operation, count]) => `${count} ${operation}`).join(", ");
}

/** What a preview after the update finds. */
export function renderConfirmation(second: readonly Step[]): string {
  const operations = countOperations(second);
  const verdict = changed(operations) ? "the second preview still finds changes" : "no change left";
  return `${verdict}: ${renderOperations(operations)}`;
}

/** The appliance or host; what belongs to it bears its name in front. */
function placeOf(step: Step): string {
  const [place = ""] = nameOf(step.parent ?? step.urn).split("/");
  return place;
}

function kindOf(step: Step): string {
  return step.type.split(":").at(-1) ?? step.type;
}

function terabytes(bytes: number): string {
  return (bytes / TERABYTE).toFixed(2);
}

/** A share in percent; more than the whole stands out. */
function percent(part: number, whole: number): string {
  if (whole <= 0) return "";
  const text = `${Math.round((part / whole) * 100)} %`;
  return part > whole ? styleText("yellow", text) : text;
}
