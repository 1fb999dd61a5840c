import { nameTime } from "./naming-schema.ts";

/** A snapshot's name as somebody understands it who knows certain naming schemas. */
export interface ParsedName {
  readonly name: string;
  /** The schema that made it; null for a name that none made. */
  readonly schema: string | null;
  /** Milliseconds since the epoch; 0 where no schema tells it. */
  readonly time: number;
}

/**
 * The names that one of these schemas made, and with `all` the others too. Undefined when a name means different times
 * to different schemas, so that nothing can be said of any.
 */
export function parsedNames(
  names: readonly string[],
  schemas: Iterable<string>,
  all = false,
): readonly ParsedName[] | undefined {
  const list = [...new Set(schemas)];
  const parsed: ParsedName[] = [];
  for (const name of names) {
    const found = list.flatMap((schema) => {
      const time = nameTime(schema, name);
      return time === undefined ? [] : [{ name, schema, time }];
    });
    const [first] = found;
    if (found.some(({ time }) => time !== first?.time)) return undefined;
    if (first !== undefined) parsed.push(first);
    else if (all) parsed.push({ name, schema: null, time: 0 });
  }
  return parsed;
}

/** Orders snapshots as they were taken, those of one moment by name. */
export function inOrder(a: ParsedName, b: ParsedName): number {
  return a.time - b.time || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
