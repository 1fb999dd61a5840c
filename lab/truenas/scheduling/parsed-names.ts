import { nameTime } from "./naming-schema.ts";

/** A snapshot's name as somebody understands it who knows certain naming schemas. */
export interface ParsedName {
  readonly name: string;
  /** The schema that made it; null for a name that none made. */
  readonly schema: string | null;
  /** Milliseconds since the epoch; 0 where no schema tells it. */
  readonly time: number;
}

/** What a name means: one moment, several, or none. */
type Meaning = ParsedName | "ambiguous" | "strange";

function meaningOf(name: string, schemas: readonly string[]): Meaning {
  const found = schemas.flatMap((schema) => {
    const time = nameTime(schema, name);
    return time === undefined ? [] : [{ name, schema, time }];
  });
  const [first] = found;
  if (first === undefined) return "strange";
  return found.every(({ time }) => time === first.time) ? first : "ambiguous";
}

/** Understands names by certain schemas, each name once. */
class Reader {
  readonly #schemas: readonly string[];
  readonly #meanings = new Map<string, Meaning>();
  readonly #lists = new WeakMap<readonly string[], { readonly [all: string]: readonly ParsedName[] | undefined }>();

  constructor(schemas: readonly string[]) {
    this.#schemas = schemas;
  }

  read(names: readonly string[], all: boolean): readonly ParsedName[] | undefined {
    const known = this.#lists.get(names) ?? {};
    const key = String(all);
    if (key in known) return known[key];
    const parsed = this.#parse(names, all);
    this.#lists.set(names, { ...known, [key]: parsed });
    return parsed;
  }

  #parse(names: readonly string[], all: boolean): readonly ParsedName[] | undefined {
    const parsed: ParsedName[] = [];
    for (const name of names) {
      const meaning = this.#meaning(name);
      if (meaning === "ambiguous") return undefined;
      if (meaning !== "strange") parsed.push(meaning);
      else if (all) parsed.push({ name, schema: null, time: 0 });
    }
    return parsed;
  }

  #meaning(name: string): Meaning {
    const known = this.#meanings.get(name) ?? meaningOf(name, this.#schemas);
    this.#meanings.set(name, known);
    return known;
  }
}

const readers = new Map<string, Reader>();

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
  const key = list.join("\n");
  const reader = readers.get(key) ?? new Reader(list);
  readers.set(key, reader);
  return reader.read(names, all);
}

/** Orders snapshots as they were taken, those of one moment by name. */
export function inOrder(a: ParsedName, b: ParsedName): number {
  return a.time - b.time || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
