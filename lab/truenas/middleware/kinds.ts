/** Where in the arguments a value sits: argument name first, then keys, indices and union member names. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the arguments, in the words of the middleware's schema layer. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/**
 * The schema of one value. `check` returns the accepted value (defaults filled) and pushes every problem it sees;
 * after a problem the returned value is meaningless. There is no coercion: the middleware's models are strict.
 */
export interface Kind<T> {
  /** The name under which a union reports the problems of this member. */
  readonly label: string;
  /** What an absent value becomes: `required` is a problem, `absent` stays absent, `value` is the default. */
  readonly missing: "required" | "absent" | { readonly value: unknown };
  check(input: unknown, path: Path, problems: Problem[]): T;
}

/** The type that a kind accepts. */
export type Of<K> = K extends Kind<infer T> ? T : never;

/** A number that was written with a fraction or an exponent, which the strict models do not take for an integer. */
export class PythonFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

type Checker<T> = (input: unknown, path: Path, problems: Problem[]) => T;

/** Builds a required kind from its check. */
export function kind<T>(label: string, check: Checker<T>): Kind<T> {
  return { label, missing: "required", check };
}

function scalar<T>(accepts: (input: unknown) => input is T, message: string): Checker<T> {
  return (input, path, problems) => {
    if (!accepts(input)) problems.push({ path, message });
    return input as T;
  };
}

const isInteger = (input: unknown): input is number => typeof input === "number";
const isBoolean = (input: unknown): input is boolean => typeof input === "boolean";
const isString = (input: unknown): input is string => typeof input === "string";

/** A boolean; 0 and 1 are refused. */
export const bool: Kind<boolean> = kind("bool", scalar(isBoolean, "Input should be a valid boolean"));

/** Any value at all. */
export const any: Kind<unknown> = kind("any", (input) => input);

interface IntegerLimits {
  readonly ge?: number;
  readonly gt?: number;
  readonly le?: number;
}

/** An integer within inclusive limits; integral floats such as `5.0` are refused. */
export function int(limits: IntegerLimits = {}): Kind<number> {
  const label = Object.keys(limits).length > 0 ? "constrained-int" : "int";
  const plain = scalar(isInteger, "Input should be a valid integer");
  return kind(label, (input, path, problems) => {
    const value = plain(input, path, problems);
    if (!isInteger(input)) return value;
    if (limits.ge !== undefined && value < limits.ge)
      problems.push({ path, message: `Input should be greater than or equal to ${limits.ge}` });
    if (limits.gt !== undefined && value <= limits.gt)
      problems.push({ path, message: `Input should be greater than ${limits.gt}` });
    if (limits.le !== undefined && value > limits.le)
      problems.push({ path, message: `Input should be less than or equal to ${limits.le}` });
    return value;
  });
}

interface StringLimits {
  readonly min?: number;
  /** Longest accepted length; every plain string of the middleware stops at 1024. */
  readonly max?: number;
  readonly pattern?: string;
}

const characters = (count: number) => `${count} character${count === 1 ? "" : "s"}`;

/** A string of at most 1024 characters unless the limits say otherwise. */
export function str(limits: StringLimits = {}): Kind<string> {
  const max = limits.max ?? 1024;
  const pattern = limits.pattern === undefined ? undefined : new RegExp(`^(?:${limits.pattern})`, "s");
  const label = Object.keys(limits).length > 0 ? "constrained-str" : "str";
  const plain = scalar(isString, "Input should be a valid string");
  return kind(label, (input, path, problems) => {
    const value = plain(input, path, problems);
    if (!isString(input)) return value;
    if (limits.min !== undefined && value.length < limits.min)
      problems.push({ path, message: `String should have at least ${characters(limits.min)}` });
    if (value.length > max) problems.push({ path, message: `String should have at most ${characters(max)}` });
    if (pattern !== undefined && !pattern.test(value))
      problems.push({ path, message: `String should match pattern '${limits.pattern}'` });
    return value;
  });
}

function literalText(value: string | number): string {
  return typeof value === "string" ? `'${value}'` : String(value);
}

/** One of the given values and nothing else. */
export function literal<const V extends string | number>(...values: readonly V[]): Kind<V> {
  const texts = values.map(literalText);
  const last = texts.at(-1) ?? "";
  const message = `Input should be ${texts.length > 1 ? `${texts.slice(0, -1).join(", ")} or ${last}` : last}`;
  const isMember = (input: unknown): input is V => values.includes(input as V);
  const label = `literal[${texts.join(",")}]`;
  return kind(label, scalar(isMember, message));
}

/** The same kind, also accepting null; problems keep their path. */
export function nullable<T>(inner: Kind<T>): Kind<T | null> {
  return kind(inner.label, (input, path, problems) => (input === null ? null : inner.check(input, path, problems)));
}

/** A value that may be left out; it then takes the default. */
export function defaulted<T, const D extends T>(inner: Kind<T>, value: D): Kind<T> {
  return { ...inner, missing: { value } };
}

/** A value that may be left out and then stays absent. */
export function absent<T>(inner: Kind<T>): Kind<T | undefined> {
  return { ...inner, missing: "absent" };
}

/** The same kind with a further rule that runs only when the value itself is well-formed. */
export function refined<T>(inner: Kind<T>, problem: (value: T) => string | undefined): Kind<T> {
  return {
    ...inner,
    check: (input, path, problems) => {
      const before = problems.length;
      const value = inner.check(input, path, problems);
      const message = problems.length === before ? problem(value) : undefined;
      if (message !== undefined) problems.push({ path, message });
      return value;
    },
  };
}
