const ALLOWED = /^[0-9A-Za-z %_.:-]+$/;
const REQUIRED = ["%Y", "%m", "%d", "%H", "%M"] as const;
const KNOWN = new Set(["Y", "m", "d", "H", "M", "S", "s", "y", "j", "z", "b", "B", "a", "A", "p", "I"]);

/** What is wrong with a snapshot naming schema, or undefined. */
export function schemaProblem(schema: string): string | undefined {
  if (!ALLOWED.test(schema)) return `Invalid characters in snapshot naming schema ${quoted(schema)}`;
  if (schema.includes("%%")) return "%% is not allowed in snapshot naming schema";
  const placeholders: readonly string[] = schema.match(/%./g) ?? [];
  const unknown = placeholders.find((placeholder) => !KNOWN.has(placeholder.slice(1)));
  if (unknown !== undefined || schema.endsWith("%"))
    return `'${unknown?.slice(1) ?? "%"}' is a bad directive in format ${quoted(schema)}`;
  if (placeholders.includes("%s")) {
    return placeholders.length === 1 ? undefined : "No other placeholder can be used with %s in naming schema";
  }
  const missing = REQUIRED.find((placeholder) => !placeholders.includes(placeholder));
  if (missing !== undefined) return `${missing} must be present in snapshot naming schema`;
  if (placeholders.includes("%z") && schema.includes("--")) return "-- is not allowed in naming schema with %z";
  return undefined;
}

const quoted = (text: string) => `'${text}'`;

const two = (value: number) => String(value).padStart(2, "0");

const values: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => String(date.getUTCFullYear()).padStart(4, "0"),
  y: (date) => two(date.getUTCFullYear() % 100),
  m: (date) => two(date.getUTCMonth() + 1),
  d: (date) => two(date.getUTCDate()),
  H: (date) => two(date.getUTCHours()),
  M: (date) => two(date.getUTCMinutes()),
  S: (date) => two(date.getUTCSeconds()),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  z: () => "+0000",
};

/** The snapshot name that the schema gives at a time. */
export function snapshotName(schema: string, at: number): string {
  const date = new Date(at);
  return schema.replaceAll(/%(.)/g, (all, letter: string) => values[letter]?.(date) ?? all);
}

const patterns: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  m: "(?<m>\\d{2})",
  d: "(?<d>\\d{2})",
  H: "(?<H>\\d{2})",
  M: "(?<M>\\d{2})",
  S: "(?<S>\\d{2})",
  s: "(?<s>\\d+)",
  z: "[+-]\\d{4}",
};

const expressions = new Map<string, RegExp>();
const times = new Map<string, Map<string, number | undefined>>();

function expressionOf(schema: string): RegExp {
  const known = expressions.get(schema);
  if (known !== undefined) return known;
  const source = schema.replaceAll(/%(.)|[.:]/g, (all, letter?: string) =>
    letter === undefined ? `\\${all}` : (patterns[letter] ?? all),
  );
  const made = new RegExp(`^${source}$`);
  expressions.set(schema, made);
  return made;
}

/** The time that a name made by this schema stands for, or undefined for a name that it did not make. */
export function nameTime(schema: string, name: string): number | undefined {
  const known = times.get(schema) ?? new Map<string, number | undefined>();
  times.set(schema, known);
  if (!known.has(name)) known.set(name, readTime(schema, name));
  return known.get(name);
}

function readTime(schema: string, name: string): number | undefined {
  const groups = expressionOf(schema).exec(name)?.groups;
  if (groups === undefined) return undefined;
  const { Y = "1970", m = "1", d = "1", H = "0", M = "0", S = "0", s } = groups;
  if (s !== undefined) return Number(s) * 1000;
  const time = Date.UTC(Number(Y), Number(m) - 1, Number(d), Number(H), Number(M), Number(S));
  // Names of moments that there never are, such as a 31st of June, are no names of the schema.
  return snapshotName(schema, time) === name ? time : undefined;
}
