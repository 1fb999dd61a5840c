import Table from "cli-table3";

type Align = "left" | "right";

const NO_BORDERS = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid"])
    .map((name) => [name, ""]),
);

/** A table without lines, so that it fits narrow terminals and reads well in logs. */
export function plainTable(columns: readonly (readonly [head: string, align: Align])[], rows: readonly Row[]): string {
  const table = new Table({
    head: columns.map(([head]) => head),
    colAligns: columns.map(([, align]) => align),
    chars: { ...NO_BORDERS, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => (typeof row === "string" ? [{ content: row, colSpan: columns.length }] : [...row])));

  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The cells of a row, or one text across all columns. */
export type Row = readonly string[] | string;
