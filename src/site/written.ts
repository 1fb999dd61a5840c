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
   * What has to go when a value is wrong: the value, or where nothing is written what should hold it. A list goes as a
   * whole, so that positions keep their meaning. Undefined where only the site itself is left.
   */
  removableAt(path: readonly PathPart[]): readonly PathPart[] | undefined {
    const depths = path.map((_, at) => path.length - at);
    const depth = depths.find((length) => {
      const inList = Array.isArray(this.at(path.slice(0, length - 1)));
      return !inList && this.declares(...path.slice(0, length));
    });
    return depth === undefined ? undefined : path.slice(0, depth);
  }

  /** A copy without what is written at some paths. */
  without(paths: readonly (readonly PathPart[])[]): unknown {
    const copy = structuredClone(this.#value);
    for (const path of paths) {
      const holder = path.slice(0, -1).reduce<unknown>(childOf, copy);
      const last = path.at(-1);
      if (last !== undefined && holder !== null && typeof holder === "object") Reflect.deleteProperty(holder, last);
    }
    return copy;
  }

  /** Whether something other than a map is written where a map belongs. */
  isMangledMap(...path: readonly PathPart[]): boolean {
    const value = this.at(path);
    return value !== undefined && (value === null || typeof value !== "object" || Array.isArray(value));
  }
}

function childOf(value: unknown, part: PathPart | undefined): unknown {
  if (value === null || typeof value !== "object" || part === undefined || !Object.hasOwn(value, part))
    return undefined;
  return (value as Record<PathPart, unknown>)[part];
}
