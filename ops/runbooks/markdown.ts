/** A page of Markdown, made of blocks. */
export function page(...blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A table; cells may hold Markdown, but no line ends. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return rows.length === 0 ? "" : [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Commands to copy, one per line. */
export function commands(...lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

/** Numbered steps; what follows a step's first line is indented below it. */
export function steps(...items: readonly string[]): string {
  return items
    .filter((item) => item !== "")
    .map((item, at) => {
      const [first = "", ...rest] = item.split("\n");
      const indent = " ".repeat(`${at + 1}. `.length);
      return [`${at + 1}. ${first}`, ...rest.map((line) => (line === "" ? "" : `${indent}${line}`))].join("\n");
    })
    .join("\n");
}

/** A list of points. */
export function list(...items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
