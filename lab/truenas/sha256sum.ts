import type { Terminal } from "./client-call.ts";
import { fileAt, isDirectory } from "./filesystem/files.ts";
import { othersRead } from "./filesystem/others.ts";
import type { ApplianceState } from "./state/appliance-state.ts";

/**
 * Runs `sha256sum`: a line for each file that can be read, a complaint for each that cannot; resolves with its exit code.
 * Of its options it knows `-z`, with which lines end in NUL and names are not escaped, and `--`.
 */
export function runSha256sum(
  state: ApplianceState,
  { args, root }: { readonly args: readonly string[]; readonly root: boolean },
  terminal: Terminal,
): number {
  const end = args.indexOf("--");
  const flags = args.slice(0, Math.max(0, end)).filter((arg) => arg.startsWith("-"));
  const files = end < 0 ? args : args.slice(end + 1);
  const unknown = [...flags.filter((flag) => flag !== "-z" && flag !== "--zero"), ...(end < 0 ? optionsIn(files) : [])];
  if (unknown.length > 0) {
    terminal.err(`sha256sum: invalid option -- '${unknown[0]?.replace(/^-+/, "")}'\n`);
    return 1;
  }
  let status = 0;
  for (const file of files) {
    const answer = lookUp(state, file, root);
    if ("problem" in answer) {
      terminal.err(`sha256sum: ${quoted(file)}: ${answer.problem}\n`);
      status = 1;
    } else terminal.out(flags.length > 0 ? `${answer.sha256}  ${file}\0` : line(answer.sha256, file));
  }
  return status;
}

function optionsIn(words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith("-") && word !== "-");
}

function lookUp(
  state: ApplianceState,
  path: string,
  root: boolean,
): { readonly sha256: string } | { readonly problem: string } {
  const file = fileAt(state, path);
  if (file === undefined) return { problem: isDirectory(state, path) ? "Is a directory" : "No such file or directory" };
  return root || othersRead(state, path) ? { sha256: file.sha256 } : { problem: "Permission denied" };
}

/** A name with a backslash or a line end in it is escaped, and the line marked by a backslash in front. */
function line(sha256: string, file: string): string {
  const escaped = file.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `${escaped === file ? "" : "\\"}${sha256}  ${escaped}\n`;
}

function quoted(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
