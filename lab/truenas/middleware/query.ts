import { MatchNotFound, ValidationErrors } from "./errors.ts";
import { any, bool, defaulted, int, type Kind, kind, str } from "./kinds.ts";
import { dictionary, isRecord, list, model, type ObjectOf } from "./models.ts";

type Row = Readonly<Record<string, unknown>>;
type Condition = (row: Row) => boolean;

/** The value at a dotted path; undefined when a key on the way is missing. `*` gathers from every list element. */
export function valueAt(row: unknown, path: string): unknown {
  const [head, ...rest] = path.split(/(?<!\\)\./);
  let value: unknown = row;
  for (const [index, key] of [head ?? "", ...rest].entries()) {
    const name = key.replaceAll("\\.", ".");
    if (Array.isArray(value) && name === "*") {
      const tail = [head ?? "", ...rest].slice(index + 1).join(".");
      return value.map((element) => (tail === "" ? element : valueAt(element, tail)));
    }
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isRecord(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value;
}

function equal(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === "object" && JSON.stringify(left) === JSON.stringify(right));
}

type Comparison = (left: unknown, right: unknown) => boolean;

const ordered =
  (test: (difference: number) => boolean): Comparison =>
  (left, right) => {
    if (typeof left === "number" && typeof right === "number") return test(left - right);
    return typeof left === "string" && typeof right === "string" && test(left < right ? -1 : left > right ? 1 : 0);
  };

const contains: Comparison = (list, member) =>
  Array.isArray(list)
    ? list.some((element) => equal(element, member))
    : typeof list === "string" && typeof member === "string" && list.includes(member);

const textual =
  (test: (left: string, right: string) => boolean): Comparison =>
  (left, right) =>
    typeof left === "string" && typeof right === "string" && test(left, right);

const starts = textual((left, right) => left.startsWith(right));
const ends = textual((left, right) => left.endsWith(right));

/** Every operator of a query filter. */
const operators: Readonly<Record<string, Comparison>> = {
  "=": equal,
  "!=": (left, right) => !equal(left, right),
  ">": ordered((difference) => difference > 0),
  ">=": ordered((difference) => difference >= 0),
  "<": ordered((difference) => difference < 0),
  "<=": ordered((difference) => difference <= 0),
  "~": textual((left, right) => new RegExp(`^(?:${right})`).test(left)),
  in: (left, right) => contains(right, left),
  nin: (left, right) => !contains(right, left),
  rin: (left, right) => left !== null && contains(left, right),
  rnin: (left, right) => left !== null && !contains(left, right),
  "^": starts,
  "!^": (left, right) => !starts(left, right),
  $: ends,
  "!$": (left, right) => !ends(left, right),
};

const folded = (value: unknown): unknown =>
  typeof value === "string" ? value.toLowerCase() : Array.isArray(value) ? value.map(folded) : value;

const DEPTH_LIMIT = 3;

function invalid(message: string): never {
  throw new ValidationErrors().add("filters", message);
}

function simple(field: unknown, operator: string, value: unknown): Condition {
  const insensitive = operator.startsWith("C") && operator !== "C~";
  const compare = operators[insensitive ? operator.slice(1) : operator];
  if (compare === undefined || typeof field !== "string") return invalid(`Invalid operation: ${operator}`);
  return (row) => {
    const found = valueAt(row, field);
    if (found === undefined) return false;
    return insensitive ? compare(folded(found), folded(value)) : compare(found, value);
  };
}

function condition(filter: unknown, depth: number): Condition {
  if (depth > DEPTH_LIMIT) return invalid("query-filters max recursion depth exceeded");
  if (!Array.isArray(filter)) return invalid(`Invalid filter ${JSON.stringify(filter)}`);
  if (filter.length === 3) return simple(filter[0], String(filter[1]), filter[2]);
  if (filter.length !== 2 || filter[0] !== "OR" || !Array.isArray(filter[1]))
    return invalid(`Invalid filter ${JSON.stringify(filter)}`);
  const branches = filter[1].map((branch) => {
    const conjunction = Array.isArray(branch) && Array.isArray(branch[0]) ? branch : [branch];
    return allOf(conjunction, depth + 1);
  });
  return (row) => branches.some((branch) => branch(row));
}

function allOf(filters: readonly unknown[], depth = 1): Condition {
  const conditions = filters.map((filter) => condition(filter, depth));
  return (row) => conditions.every((holds) => holds(row));
}

const selector: Kind<string | readonly string[]> = kind("str", (input, path, problems) => {
  const pair = Array.isArray(input) && input.length === 2 && input.every((part) => typeof part === "string");
  if (typeof input !== "string" && !pair) problems.push({ path, message: "Input should be a valid string" });
  return input as string | readonly string[];
});

const optionFields = {
  extra: defaulted(dictionary(any), {}),
  order_by: defaulted(list(str()), []),
  select: defaulted(list(selector), []),
  count: defaulted(bool, false),
  get: defaulted(bool, false),
  offset: defaulted(int({ ge: 0 }), 0),
  limit: defaulted(int({ ge: 0, le: 10000 }), 0),
  force_sql_filters: defaulted(bool, false),
};

/** The `query-filters` argument. */
export const queryFilters = defaulted(list(any), []);

/** The `query-options` argument with its defaults. */
export const queryOptions = defaulted(model("QueryOptions", optionFields), {
  extra: {},
  order_by: [],
  select: [],
  count: false,
  get: false,
  offset: 0,
  limit: 0,
  force_sql_filters: false,
});

/** Query options as a method sees them. */
export type QueryOptions = ObjectOf<typeof optionFields>;

function sorted(rows: readonly Row[], orderBy: readonly string[]): readonly Row[] {
  return [...orderBy].reverse().reduce<readonly Row[]>((current, term) => {
    const nulls = /^nulls_(first|last):/.exec(term);
    const spec = nulls === null ? term : term.slice(nulls[0].length);
    const direction = spec.startsWith("-") ? -1 : 1;
    const nullRank = nulls?.[1] === "last" ? 1 : -1;
    const field = spec.replace(/^-/, "");
    return current.toSorted((a, b) => {
      const [left, right] = [valueAt(a, field) ?? null, valueAt(b, field) ?? null];
      if (left === null || right === null) return left === right ? 0 : left === null ? nullRank : -nullRank;
      return direction * (left < right ? -1 : left > right ? 1 : 0);
    });
  }, rows);
}

function selected(row: Row, select: readonly (string | readonly string[])[]): Row {
  if (select.length === 0) return row;
  const chosen: Record<string, unknown> = {};
  for (const term of select) {
    const [path, alias] = typeof term === "string" ? [term, undefined] : [term[0] ?? "", term[1]];
    const value = valueAt(row, path);
    if (value === undefined) continue;
    if (alias !== undefined) chosen[alias] = value;
    else place(chosen, path.split("."), value);
  }
  return chosen;
}

function place(target: Record<string, unknown>, [head = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[head] = value;
  else {
    const inner = isRecord(target[head]) ? target[head] : {};
    target[head] = inner;
    place(inner, rest, value);
  }
}

/** The rows that a query asks for: a list, one object with `get`, or a number with `count`. */
export function filterList(rows: readonly Row[], filters: readonly unknown[], options: QueryOptions): unknown {
  if (options.get && (options.limit > 1 || options.offset > 0))
    throw new ValidationErrors().add("options", "Invalid options combination. `get` implies a single result.");
  const found = filters.length === 0 ? rows : rows.filter(allOf(filters));
  if (options.count) return found.length;
  const ordered = options.order_by.length === 0 ? found : sorted(found, options.order_by);
  const page = ordered.slice(options.offset, options.limit === 0 ? undefined : options.offset + options.limit);
  const result = page.map((row) => selected(row, options.select));
  if (!options.get) return result;
  if (result[0] === undefined) throw new MatchNotFound();
  return result[0];
}
