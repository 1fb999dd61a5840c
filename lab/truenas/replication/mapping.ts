import { isWithin } from "../zfs/dataset-tree.ts";
import type { ReplicationSpec } from "./task-row.ts";

type Mapped = Pick<ReplicationSpec, "source_datasets" | "target_dataset">;
type Trees = Mapped & Pick<ReplicationSpec, "recursive" | "exclude" | "replicate">;

/** The path that all sources have in common: it becomes the target. */
function sourceBase({ source_datasets }: Mapped): string {
  const [first = "", ...others] = source_datasets.map((path) => path.split("/"));
  const parts = [...first];
  while (!others.every((other) => parts.every((part, at) => other[at] === part))) parts.pop();
  return parts.join("/");
}

/** Where a source dataset's copy is. */
export function targetOf(spec: Mapped, source: string): string {
  const base = sourceBase(spec);
  const below = base === "" ? source : source.slice(base.length + 1);
  return source === base ? spec.target_dataset : `${spec.target_dataset}/${below}`;
}

/** What a dataset at or below the target is the copy of. */
export function sourceOf(spec: Mapped, target: string): string {
  const below = target.slice(spec.target_dataset.length + 1);
  return [sourceBase(spec), below].filter((part) => part !== "").join("/");
}

const globs = new Map<string, RegExp>();

function matches(pattern: string, path: string): boolean {
  const known =
    globs.get(pattern) ??
    new RegExp(
      `^${pattern
        .replaceAll(/[.+^${}()|\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    );
  globs.set(pattern, known);
  return known.test(path);
}

/** True for a dataset that one of these paths or patterns leaves out. */
export function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some((excluded) => isWithin(path, excluded) || matches(excluded, path));
}

// The appliance's own dataset of a pool is never replicated with the pool.
function excludedSources({ exclude, source_datasets, recursive, replicate }: Trees): readonly string[] {
  if (!recursive || replicate) return exclude;
  return [...exclude, ...source_datasets.filter((path) => !path.includes("/")).map((path) => `${path}/.system`)];
}

function belongsTo(path: string, root: string, recursive: boolean, exclude: readonly string[]): boolean {
  return recursive ? isWithin(path, root) && !isExcluded(path, exclude) : path === root;
}

/** True for a dataset that is replicated. */
export function isReplicated(spec: Trees, source: string): boolean {
  const exclude = excludedSources(spec);
  return spec.source_datasets.some((root) => belongsTo(source, root, spec.recursive, exclude));
}

/** True for a dataset on the other side that is a copy. */
export function isCopy(spec: Trees, target: string): boolean {
  const exclude = excludedSources(spec).map((path) => targetOf(spec, path));
  return spec.source_datasets.some((root) => belongsTo(target, targetOf(spec, root), spec.recursive, exclude));
}
