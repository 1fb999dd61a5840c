/** A file in a restic snapshot. */
export interface BackedUpFile {
  /** From the root of the snapshot, with a slash in front. */
  readonly path: string;
  readonly bytes: number;
  readonly writtenAt: number;
  /** Name of the object with its content. */
  readonly blob: string;
}

/** A restic snapshot as its repository keeps it. */
export interface ResticSnapshot {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly hostname: string;
  /** What was backed up, as absolute paths on that host. */
  readonly paths: readonly string[];
  /** Name of the object that lists its files. */
  readonly tree: string;
}

/** A file or directory directly in a directory of a snapshot. */
export interface SnapshotItem {
  readonly name: string;
  readonly path: string;
  readonly type: "dir" | "file";
  readonly bytes: number | null;
  readonly writtenAt: number;
}

/** What lies directly in a directory of a snapshot, in order of name. */
export function itemsIn(files: readonly BackedUpFile[], directory: string): SnapshotItem[] {
  const prefix = directory === "/" ? "/" : `${directory}/`;
  const items = new Map<string, SnapshotItem>();
  for (const { path, bytes, writtenAt } of files) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...deeper] = path.slice(prefix.length).split("/");
    const own = { name, path: `${prefix}${name}` };
    if (deeper.length > 0) items.set(name, { ...own, type: "dir", bytes: null, writtenAt });
    else items.set(name, { ...own, type: "file", bytes, writtenAt });
  }
  return [...items.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** restic's patterns as far as people write them: a name anywhere, a path from the root, `*` within a name. */
export function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("/").map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&"));
  const glob = parts.map((part) => part.replaceAll("*", "[^/]*").replaceAll("?", "[^/]")).join("/");
  const from = pattern.startsWith("/") ? "^" : "(^|/)";
  return new RegExp(`${from}${glob}($|/)`).test(path);
}
