import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

const MARKS: Readonly<Record<string, { readonly sign: string; readonly format: Format }>> = {
  create: { sign: "+", format: "green" },
  update: { sign: "~", format: "yellow" },
  replace: { sign: "±", format: "magenta" },
  delete: { sign: "-", format: "red" },
  import: { sign: "=", format: "green" },
  same: { sign: " ", format: "dim" },
  waiting: { sign: "…", format: "cyan" },
};

/** The sign of an operation, as previews show it; colour obeys `NO_COLOR`. */
export function mark(operation: string): string {
  const { sign, format } = MARKS[operation] ?? { sign: "?", format: "dim" };
  return styleText(format, sign);
}

/** Text in the colour of an operation. */
export function paint(operation: string, text: string): string {
  return styleText(MARKS[operation]?.format ?? "dim", text);
}

/** What the signs mean, on one line. */
export function legend(operations: readonly string[]): string {
  return operations.map((operation) => `${MARKS[operation]?.sign.trim() || "·"} ${operation}`).join("   ");
}
