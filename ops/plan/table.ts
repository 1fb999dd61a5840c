import { styleText } from "node:util";
import Table from "cli-table3";
import { type DataClass, type DatasetPlan, formatDuration } from "../../src/site/index.ts";
import { isUnmet } from "./report.ts";

const MOST_PRECIOUS_FIRST = ["authoritative", "runtime", "transitional", "disposable"] as const;
const HEAD = ["", "snapshots", "copies", "RPO", "RTO", "3-2-1", "gaps"];
const WIDEST_NAME = 29;
const WIDEST_COPIES = 18;

/** The plan as a table of at most a hundred columns, by class; containers hold no data and are left out. */
export function renderTable(datasets: readonly DatasetPlan[], today: string): string {
  const homes = datasets.filter(({ isCopy, class: dataClass }) => !isCopy && dataClass !== "container");
  const several = new Set(homes.map(({ appliance }) => appliance)).size > 1;
  const table = new Table({ head: HEAD, chars: NO_LINES, style: PLAIN, colAligns: ALIGNS });
  for (const dataClass of MOST_PRECIOUS_FIRST) {
    const members = homes.filter((plan) => plan.class === dataClass);
    if (members.length === 0) continue;
    table.push([{ content: styleText("bold", dataClass), colSpan: HEAD.length }]);
    table.push(...members.map((plan) => rowOf(plan, several, today)));
  }
  return [trimmed(table.toString()), "", ...legend(datasets)].join("\n");
}

function rowOf(plan: DatasetPlan, several: boolean, today: string): string[] {
  const { appliance, dataset, class: dataClass, rpoSeconds, rtoSeconds, threeTwoOne } = plan;
  const name = several ? `${appliance}/${dataset}` : dataset;
  return [
    `  ${shortened(name, WIDEST_NAME)}`,
    snapshotsOf(plan),
    copiesOf(plan),
    told(rpoSeconds, dataClass, "all lost"),
    told(rtoSeconds, dataClass, "never"),
    threeTwoOne ? "yes" : "–",
    gapsOf(plan, today),
  ];
}

/** How often and for how long, the most frequent tier; a plus says that there are more. */
function snapshotsOf({ snapshots: [first, ...more] }: DatasetPlan): string {
  if (first === undefined) return "–";
  return `${formatDuration(first.everySeconds)}/${formatDuration(first.keptSeconds)}${more.length > 0 ? " +" : ""}`;
}

function copiesOf({ copies }: DatasetPlan): string {
  const places = copies
    .filter(({ tier }) => tier !== "snapshot")
    .map(({ host, medium, waits }) => {
      const place = host ?? medium.split(":")[0] ?? medium;
      return waits === undefined ? place : `(${place})`;
    });
  return shortened([...new Set(places)].join(" ") || "–", WIDEST_COPIES);
}

function told(seconds: number | null, dataClass: DataClass, otherwise: string): string {
  if (seconds !== null) return formatDuration(seconds);
  return dataClass === "disposable" ? "–" : otherwise;
}

function gapsOf({ gaps }: DatasetPlan, today: string): string {
  if (gaps.length === 0) return "";
  const unmet = gaps.filter((gap) => isUnmet(gap, today)).length;
  return unmet > 0 ? styleText("red", `${gaps.length}!`) : String(gaps.length);
}

function legend(datasets: readonly DatasetPlan[]): string[] {
  const copies = datasets.filter(({ isCopy }) => isCopy).length;
  return [
    "snapshots: interval/kept for · (host): waits, and does not count · !: an obligation is unmet",
    "RPO, RTO: what is lost and when it is back when the machine is lost; other losses are in --json",
    ...(copies > 0 ? [`${copies} datasets that are kept as copies, and containers, are not listed`] : []),
  ];
}

/** Keeps both ends of a long name, since the pool and the dataset itself are what people look for. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}

function trimmed(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const ALIGNS: ("left" | "right")[] = ["left", "left", "left", "right", "right", "left", "right"];
const PLAIN = { head: [], border: [], "padding-left": 0, "padding-right": 0 };
const NO_LINES = {
  ...Object.fromEntries(
    ["top", "bottom", "left", "mid", "right"].flatMap((side) => [
      [side, ""],
      [`${side}-mid`, ""],
      [`${side}-left`, ""],
      [`${side}-right`, ""],
    ]),
  ),
  middle: "  ",
};
