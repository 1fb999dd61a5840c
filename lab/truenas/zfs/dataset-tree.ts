import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";

/** The path one level up, or undefined for a pool's root. */
export function parentPath(path: string): string | undefined {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? undefined : path.slice(0, slash);
}

/** The pool that a dataset path lives in. */
export function poolOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** True when `path` is `root` or lies below it. */
export function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Where a filesystem is mounted. */
export function mountpoint(path: string): string {
  return `/mnt/${path}`;
}

interface Kinship {
  readonly generation: number;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<ApplianceState, Kinship>();

function kinship(state: ApplianceState): Kinship {
  const cached = known.get(state);
  if (cached?.generation === state.datasets.generation) return cached;
  const children = new Map<string, string[]>();
  for (const path of state.datasets.keys()) {
    const parent = parentPath(path);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [path]);
    else siblings.push(path);
  }
  const fresh = { generation: state.datasets.generation, children };
  known.set(state, fresh);
  return fresh;
}

/** Paths one level below, in order of name. */
export function childrenOf(state: ApplianceState, path: string): readonly string[] {
  return kinship(state).children.get(path) ?? [];
}

/** The dataset and everything below it, parents first. */
export function subtree(state: ApplianceState, path: string): readonly DatasetRow[] {
  const own = state.datasets.get(path);
  if (own === undefined) return [];
  return [own, ...[...childrenOf(state, path)].sort().flatMap((child) => subtree(state, child))];
}

/** The datasets above, nearest first. */
export function ancestorsOf(state: ApplianceState, path: string): readonly DatasetRow[] {
  const parent = parentPath(path);
  const row = parent === undefined ? undefined : state.datasets.get(parent);
  return row === undefined ? [] : [row, ...ancestorsOf(state, row.id)];
}

/** The filesystem that a path below `/mnt` belongs to, or undefined outside every pool. */
export function datasetOfPath(state: ApplianceState, path: string): DatasetRow | undefined {
  for (let name: string | undefined = path.replace(/^\/mnt\/?/, ""); name; name = parentPath(name)) {
    const row = state.datasets.get(name);
    if (row?.type === "FILESYSTEM" && !row.unmounted) return row;
  }
  return undefined;
}
