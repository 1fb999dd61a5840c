import type { DetailedDiff, DiffKind } from "../run.ts";
import { formatPath } from "./path.ts";
import { equal, isMap, type PropertyMap, type PropertyValue, unwrap } from "./value.ts";

/** The leaves in which two maps differ; secret marks are looked through. Empty when they are equal. */
export function diffMaps(old: PropertyMap, next: PropertyMap): DetailedDiff {
  const diff: DetailedDiff = {};
  collect([], unwrap(old), unwrap(next), diff);
  return diff;
}

function collect(
  path: readonly (string | number)[],
  old: PropertyValue | undefined,
  next: PropertyValue | undefined,
  diff: DetailedDiff,
): void {
  if (equal(old, next)) return;
  if (Array.isArray(old) && Array.isArray(next)) {
    for (let i = 0; i < Math.max(old.length, next.length); i++) collect([...path, i], old[i], next[i], diff);
  } else if (isMap(old) && isMap(next)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
      collect([...path, key], old[key], next[key], diff);
    }
  } else {
    diff[formatPath(path)] = { kind: old === undefined ? "add" : next === undefined ? "delete" : "update" };
  }
}

const INVERSE: Readonly<Record<DiffKind, DiffKind>> = {
  add: "delete",
  "add-replace": "delete-replace",
  delete: "add",
  "delete-replace": "add-replace",
  update: "update",
  "update-replace": "update-replace",
};

/** The same diff seen from the other side: what was added is deleted, and so on. */
export function invert(diff: DetailedDiff): DetailedDiff {
  return Object.fromEntries(Object.entries(diff).map(([path, { kind }]) => [path, { kind: INVERSE[kind] }]));
}

/** The kind of a change once it forces a replacement. */
export function asReplace(kind: DiffKind): DiffKind {
  return kind.endsWith("-replace") ? kind : (`${kind}-replace` as DiffKind);
}
