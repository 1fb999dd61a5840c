import { styleText } from "node:util";
import Table from "cli-table3";
import type { Status } from "../finding.ts";
import { countsOf, type Verdict, type Verification } from "../verification.ts";
import { placeOf, toldInOrder } from "./order.ts";
import { wrapped } from "./wrapped.ts";

/** Widths of the columns; with two blanks between them a line has at most 100 characters. */
const WIDTHS = { place: 36, found: 32, expected: 28 } as const;
const LINE = WIDTHS.place + WIDTHS.found + WIDTHS.expected + 4;

const COLOURS = { passed: "green", failed: "red", waiting: "cyan", noted: "yellow", skipped: "yellow" } as const;
const EDGES = ["top", "bottom", "left", "right", "mid"].flatMap((edge) => [
  edge,
  `${edge}-mid`,
  `${edge}-left`,
  `${edge}-right`,
]);
const NO_LINES = Object.fromEntries([...EDGES, "mid-mid"].map((edge) => [edge, ""]));

/** The outcome for people at a terminal: what failed first, then what waits or is worth knowing, then the counts. */
export function renderTerminal(verification: Verification): string {
  const told = toldInOrder(verification.verdicts);
  const groups = Map.groupBy(told, ({ status, check }) => `${status}  ${check}`);
  const sections = [...groups].map(([title, verdicts]) => section(title, verdicts));

  return [...sections, summary(verification.verdicts), conclusion(verification)].join("\n\n");
}

function section(title: string, verdicts: readonly Verdict[]): string {
  const table = aTable(["left", "left", "left"]);
  for (const verdict of verdicts) {
    const { found, expected = "", remedy } = verdict;
    table.push([
      wrapped(placeOf(verdict), WIDTHS.place),
      wrapped(found, WIDTHS.found),
      wrapped(expected, WIDTHS.expected),
    ]);
    if (remedy) table.push([{ content: wrapped(`→ ${remedy}`, LINE), colSpan: 3 }]);
  }
  const status = verdicts[0]?.status ?? "noted";

  return `${paint(status, title)}\n${trimmed(table.toString())}`;
}

function summary(verdicts: readonly Verdict[]): string {
  const statuses: readonly Status[] = ["passed", "failed", "waiting", "noted", "skipped"];
  const table = aTable(["left", ...statuses.map(() => "right" as const)]);
  const shown = statuses.filter(
    (status) => status === "passed" || verdicts.some((verdict) => verdict.status === status),
  );
  table.push(["check", ...shown]);
  for (const [check, group] of Map.groupBy(verdicts, (verdict) => verdict.check)) {
    const counts = countsOf(group);
    table.push([check, ...shown.map((status) => (counts[status] === 0 ? "" : paint(status, String(counts[status]))))]);
  }

  return trimmed(table.toString());
}

/** The last line: how it went, in one sentence. */
export function conclusion({ stack, ok, counts, seconds }: Verification): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const told = parts.map(([status, count]) => `${count} ${status}`).join(", ") || "nothing to check";

  return `verify of ${stack}: ${ok ? "in order" : "not in order"} after ${seconds.toFixed(1)} s: ${told}`;
}

function aTable(aligns: ("left" | "right")[]): Table.Table {
  return new Table({
    colAligns: aligns,
    chars: { ...NO_LINES, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
}

function paint(status: Status, text: string): string {
  return styleText(COLOURS[status], text);
}

function trimmed(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
