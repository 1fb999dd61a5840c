import type { Terminal } from "./client-call.ts";
import { type FileEntry, fileAt, filesBelow, isDirectory, writeAt } from "./filesystem/files.ts";
import { othersRead } from "./filesystem/others.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import { datasetOfPath, mountpoint } from "./zfs/dataset-tree.ts";
import { snapshotsOf } from "./zfs/snapshots.ts";

/** Programs that read and write files. */
export type FileTool = "ls" | "cp";

/** How such a program was called. */
export interface FileToolCall {
  readonly program: FileTool;
  readonly args: readonly string[];
  readonly root: boolean;
}

/** What `ls` shows of one name. */
interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly at: number;
  readonly directory: boolean;
}

const KNOWN: Readonly<Record<FileTool, RegExp>> = { ls: /^-[lt1]+$/, cp: /^-a$/ };
const trimmed = (path: string) => path.replace(/(?<=.)\/+$/, "");

/** Runs `ls` with -l, -t and -1, or `cp -a`; resolves with the exit code. */
export function runFileTool(state: ApplianceState, { program, args, root }: FileToolCall, terminal: Terminal): number {
  const flags = args.filter((arg) => arg.startsWith("-"));
  const paths = args.filter((arg) => !arg.startsWith("-")).map(trimmed);
  const unknown = flags.find((flag) => !KNOWN[program].test(flag));
  const complain = (path: string, problem: string) => {
    terminal.err(`${program}: cannot ${program === "ls" ? "access" : "stat"} '${path}': ${problem}\n`);
    return program === "ls" ? 2 : 1;
  };
  if (unknown !== undefined) {
    terminal.err(`${program}: the simulated appliance does not know ${unknown}\n`);
    return 2;
  }
  for (const path of paths) {
    const last = program === "cp" && path === paths.at(-1);
    if (!isThere(state, path) && !last) return complain(path, "No such file or directory");
    if (!root && !othersRead(state, `${path}/`)) return complain(path, "Permission denied");
  }
  if (program === "ls") return list(state, { flags: flags.join(""), path: paths[0] ?? "/" }, terminal);
  return copy(state, paths, terminal);
}

const SNAPSHOTS = /^(\/mnt\/.+)\/\.zfs\/snapshot$/;

function isThere(state: ApplianceState, path: string): boolean {
  const [, mount] = SNAPSHOTS.exec(path) ?? [];
  if (mount !== undefined) return isDirectory(state, mount);
  return fileAt(state, path) !== undefined || isDirectory(state, path);
}

function list(state: ApplianceState, { flags, path }: { flags: string; path: string }, terminal: Terminal): number {
  const items = itemsIn(state, path).sort((one, other) =>
    flags.includes("t") ? other.at - one.at : one.name < other.name ? -1 : 1,
  );
  for (const item of items) terminal.out(flags.includes("l") ? long(item) : `${item.name}\n`);
  return 0;
}

function long({ name, bytes, at, directory }: Item): string {
  const time = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  return `${directory ? "d" : "-"}rwxr-xr-x 1 root root ${bytes} ${time} ${name}\n`;
}

function itemsIn(state: ApplianceState, path: string): Item[] {
  const [, mount = ""] = SNAPSHOTS.exec(path) ?? [];
  const dataset = datasetOfPath(state, mount);
  if (mount !== "" && dataset !== undefined && mountpoint(dataset.id) === mount)
    return snapshotsOf(state, dataset.id).map(({ name, createdAt }) => ({
      ...{ name, bytes: 0, at: createdAt, directory: true },
    }));
  const files = Map.groupBy(filesBelow(state, path), ({ path: below }) => below.split("/", 1)[0] ?? below);
  return [...files].map(([name, held]) => ({
    name,
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    at: Math.max(...held.map(({ writtenAt }) => writtenAt)),
    directory: held.some(({ path: below }) => below !== name),
  }));
}

/** `cp -a`: a file or a tree, times included, into a directory or to a new name. */
function copy(state: ApplianceState, paths: readonly string[], terminal: Terminal): number {
  const [from = "", to, ...others] = paths;
  if (to === undefined || others.length > 0) {
    terminal.err("cp: the simulated appliance copies one thing to one place\n");
    return 1;
  }
  const base = isDirectory(state, to) ? `${to}/${from.split("/").at(-1)}` : to;
  const one = fileAt(state, from);
  const files: readonly FileEntry[] = one === undefined ? filesBelow(state, from) : [{ ...one, path: "" }];
  for (const { path, content, bytes, writtenAt } of files)
    writeAt(state, path === "" ? base : `${base}/${path}`, { content, bytes, at: writtenAt });
  state.commit();
  return 0;
}
