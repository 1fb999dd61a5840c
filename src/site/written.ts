import type { PathPart } from "./problem.ts";

/** A site as it was written, before anything was read into it. */
export class Written {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** What is written at a path; undefined where nothing is. */
  at(path: readonly PathPart[]): unknown {
    return path.reduce<unknown>((value, part) => childOf(value, part), this.#value);
  }

  /** Whether anything is written at a path, be it right or wrong. */
  declares(...path: readonly PathPart[]): boolean {
    return this.at(path) !== undefined;
  }

  /** Names that are written in a map, right or wrong. */
  namesAt(...path: readonly PathPart[]): string[] {
    const value = this.at(path);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
  }

  /**
   * A copy without what lies at some paths. A list loses all its entries, so that positions keep their meaning; where
   * nothing is written, what holds the place goes.
   */
  without(paths: readonly (readonly PathPart[])[]): unknown {
    const copy = structuredClone(this.#value);
    for (const path of paths) removeAt(copy, path);
    return copy;
  }
}

function childOf(value: unknown, part: PathPart | undefined): unknown {
  if (value === null || typeof value !== "object" || part === undefined || !Object.hasOwn(value, part))
    return undefined;
  return (value as Record<PathPart, unknown>)[part];
}

function removeAt(root: unknown, path: readonly PathPart[]): void {
  for (let depth = path.length; depth > 0; depth--) {
    const holder = path.slice(0, depth - 1).reduce(childOf, root);
    const part = path[depth - 1];
    if (part === undefined || holder === null || typeof holder !== "object" || Array.isArray(holder)) continue;
    if (!Object.hasOwn(holder, part)) continue;

    delete (holder as Record<PathPart, unknown>)[part];
    return;
  }
}
