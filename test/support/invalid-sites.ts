import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

/** A site that must be refused, and how. */
export interface InvalidSite {
  readonly file: string;
  /** The site as it would stand in a stack's YAML. */
  readonly site: unknown;
  /** Every message that is expected, in order. */
  readonly expect: readonly string[];
}

interface Fixture {
  /** The site that is changed, by its file; the small one when left out. */
  readonly base?: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly expect: readonly string[];
}

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The site that fixtures change. */
export function smallSite(base = "small-site"): unknown {
  return parse(readFileSync(new URL(`${base}.yaml`, FIXTURES), "utf8"));
}

/** Every site that must be refused. */
export function invalidSites(): InvalidSite[] {
  const folder = new URL("invalid/", FIXTURES);
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const fixture = parse(readFileSync(new URL(file, folder), "utf8"), { customTags: [repeat] }) as Fixture;
      return { file, site: changed(fixture), expect: fixture.expect };
    });
}

/** `!repeat 100 word` stands for a list of a hundred words, where writing it out would hide the point. */
const repeat = {
  tag: "!repeat",
  resolve: (text: string) => {
    const [count, ...words] = text.split(" ");
    return Array.from({ length: Number(count) }, () => words.join(" "));
  },
};

/** A small site with what a fixture changes and removes; paths are spelled as in the messages. */
function changed({ base, change = {}, remove = [] }: Fixture): unknown {
  const removed = Object.fromEntries(remove.map((path) => [path, undefined]));
  return withChanges(smallSite(base), { ...change, ...removed });
}

/** A site with other values at these paths, which are spelled as in its problems; undefined takes a value out. */
export function withChanges(site: unknown, change: Readonly<Record<string, unknown>>): unknown {
  const root: Record<string, unknown> = { site };
  for (const [path, value] of Object.entries(change)) set(root, stepsOf(path), value);
  return root["site"];
}

function stepsOf(path: string): string[] {
  if (path === "") return ["site"];
  const steps = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  return ["site", ...steps.map(([, quoted, index, word]) => quoted ?? index ?? word ?? "")];
}

function set(root: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  const holder = steps.slice(0, -1).reduce<Record<string, unknown>>((at, step) => {
    at[step] ??= {};
    return at[step] as Record<string, unknown>;
  }, root);
  const last = steps.at(-1) ?? "";

  if (value === undefined) delete holder[last];
  else holder[last] = value;
}
