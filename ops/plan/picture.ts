import { type CopyPlan, type DatasetPlan, formatDuration, type GapCode, type Place } from "../../src/site/index.ts";
import { element, escaped, words } from "./svg.ts";

const COLUMNS: readonly { readonly place: Place; readonly title: string }[] = [
  { place: "same-pool", title: "snapshots" },
  { place: "other-pool", title: "another pool" },
  { place: "other-host", title: "another machine" },
  { place: "offsite", title: "outside the house" },
];

/** Gaps that are drawn as an empty place; the others stand beside the boxes, by their codes. */
const DRAWN: readonly GapCode[] = [
  "snapshots-missing",
  "copy-missing",
  "offsite-missing",
  "copy-waits",
  "offsite-waits",
];

const ROW = 34;
const BOX = 24;
const LEFT = 300;
const WIDTH = 168;
const GAP = 20;
const TOP = 84;
const MARGIN = 16;

const INK = "#1b1f24";
const QUIET = "#57606a";
const RED = "#b3261e";
const FILL: Readonly<Record<DatasetPlan["class"], string>> = {
  authoritative: "#d6e4ff",
  runtime: "#dff3e4",
  transitional: "#fff1cc",
  disposable: "#eceff2",
  container: "#ffffff",
};

/** The plan as a picture: each dataset and the way to its copies; what waits is dashed, what is missing is red. */
export function picture(site: string, datasets: readonly DatasetPlan[]): string {
  const rows = datasets.filter(({ isCopy, class: dataClass }) => !isCopy && dataClass !== "container");
  const width = MARGIN * 2 + LEFT + (COLUMNS.length + 1) * (WIDTH + GAP);
  const height = TOP + rows.length * ROW + MARGIN;
  const open = rows.filter(({ gaps }) => gaps.length > 0).length;
  const about = `${rows.length} datasets and volumes, the copies of each, and what is missing; ${open} of them have gaps.`;

  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": "title about",
      "font-family": "system-ui, sans-serif",
      "font-size": 12,
    },
    element("title", { id: "title" }, escaped(`How the data of ${site} is protected`)),
    element("desc", { id: "about" }, escaped(about)),
    element("rect", { width, height, fill: "#ffffff" }),
    words(`How the data of ${site} is protected`, { x: MARGIN, y: 30, "font-size": 18, "font-weight": 600, fill: INK }),
    words("dashed: waits for a machine · red: a gap", { x: MARGIN, y: 50, fill: QUIET }),
    ...COLUMNS.map(({ title }, at) => words(title, { x: columnAt(at), y: TOP - 12, "font-weight": 600, fill: INK })),
    ...rows.map((plan, at) => `\n${row(plan, TOP + at * ROW)}`),
  )}\n`;
}

function row(plan: DatasetPlan, y: number): string {
  const { appliance, dataset, class: dataClass, gaps } = plan;
  const name = `${appliance}/${dataset}`;
  const told = [`${name}, ${dataClass}`, ...gaps.map(({ message }) => message)].join("; ");
  const others = otherGaps(plan);
  return element(
    "g",
    {},
    element("title", {}, escaped(told)),
    element("rect", { x: MARGIN, y, width: LEFT - GAP, height: BOX, rx: 4, fill: FILL[dataClass], stroke: QUIET }),
    words(shortened(name, 40), { x: MARGIN + 8, y: y + 16, fill: INK }),
    ...COLUMNS.flatMap(({ place }, at) => cell(plan, place, columnAt(at), y)),
    ...others.map((text) => words(text, { x: columnAt(COLUMNS.length), y: y + 16, fill: RED })),
  );
}

function cell(plan: DatasetPlan, place: Place, x: number, y: number): string[] {
  const here = plan.copies.filter((copy) => copy.place === place);
  const [first] = here.toSorted((one, other) => Number(one.waits !== undefined) - Number(other.waits !== undefined));
  if (first !== undefined) return box(textOf(first, here.length), x, y, first.waits ? "waits" : "there");
  return lacks(plan, place) ? box("missing", x, y, "missing") : [];
}

/** Whether a class asks for a copy at a place where there is none, not even one that waits. */
function lacks({ class: dataClass, gaps }: DatasetPlan, place: Place): boolean {
  const copyPlace = dataClass === "runtime" ? "other-pool" : "other-host";
  const wanted: Readonly<Partial<Record<GapCode, Place>>> = {
    "snapshots-missing": "same-pool",
    "copy-missing": copyPlace,
    "offsite-missing": "offsite",
  };
  return gaps.some(({ code }) => wanted[code] === place);
}

/** Gaps that no box can show, by their codes. */
function otherGaps({ gaps }: DatasetPlan): string[] {
  const codes = gaps.map(({ code }) => code).filter((code) => !DRAWN.includes(code));
  return codes.length === 0 ? [] : [[...new Set(codes)].join(", ")];
}

function textOf({ tier, host, medium, everySeconds }: CopyPlan, count: number): string {
  const where = tier === "snapshot" ? "" : `${host ?? medium.split(":")[0]} `;
  const every = everySeconds === null ? "" : `every ${formatDuration(everySeconds)}`;
  return `${where}${every}${count > 1 ? ` (+${count - 1})` : ""}`;
}

function box(text: string, x: number, y: number, state: "there" | "waits" | "missing"): string[] {
  const colour = state === "missing" ? RED : INK;
  const dashes = state === "waits" ? { "stroke-dasharray": "4 3" } : {};
  const middle = y + BOX / 2;
  return [
    element("line", { x1: x - GAP, y1: middle, x2: x, y2: middle, stroke: colour, ...dashes }),
    element("rect", { x, y, width: WIDTH, height: BOX, rx: 4, fill: "#ffffff", stroke: colour, ...dashes }),
    words(shortened(state === "waits" ? `${text}, waits` : text, 24), { x: x + 8, y: y + 16, fill: colour }),
  ];
}

function columnAt(at: number): number {
  return MARGIN + LEFT + at * (WIDTH + GAP);
}

function shortened(text: string, most: number): string {
  const start = Math.floor(most / 3);
  return text.length <= most ? text : `${text.slice(0, start)}…${text.slice(start + 1 - most)}`;
}
