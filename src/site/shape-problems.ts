import { z } from "zod";
import { nearest } from "./nearest.ts";
import type { Finding, PathPart } from "./problem.ts";
import { type IssueWords, type Saying, sayings } from "./value.ts";
import type { Written } from "./written.ts";

/** A finding and the rule that it breaks. */
export interface Broken {
  readonly rule: string;
  readonly finding: Finding;
}

type Issue = z.core.$ZodIssue;

/** Puts one of zod's issues into the words of this model; unknown keys are one finding each. */
export function shapeProblems(issue: Issue, schema: z.ZodType, written: Written): Broken[] {
  const path = issue.path.filter((part): part is PathPart => typeof part !== "symbol");
  const value = written.at(path);
  const at = schemaAt(schema, path);
  const saying = at === undefined ? undefined : sayings.get(at);

  switch (issue.code) {
    case "custom":
      return [custom(issue.params as unknown as IssueWords, path, value)];
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, at, path, written));
    case "too_small":
    case "too_big":
      return [{ rule: saying?.rule ?? "list-length", finding: outside(issue, saying, path, value) }];
    default:
      return [{ ...wrong(value, saying, kindOf(issue), path) }];
  }
}

function custom({ rule, says, allowed, remedy }: IssueWords, path: PathPart[], value: unknown): Broken {
  return { rule, finding: { path, value: value ?? path.at(-1), says, allowed, remedy } };
}

function unknownKey(key: string, at: z.core.$ZodType | undefined, path: PathPart[], written: Written): Broken {
  const known = at instanceof z.ZodObject ? Object.keys(at.shape) : [];
  const meant = nearest(key, known);
  const remedy = meant === undefined ? "remove the line, or move it to where it belongs" : `did you mean ${meant}?`;
  const whole = [...path, key];

  return {
    rule: "unknown-key",
    finding: {
      path: whole,
      value: written.at(whole),
      says: `${key} is not known here`,
      allowed: known.join(", "),
      remedy,
    },
  };
}

function outside(
  issue: Issue & { code: "too_small" | "too_big" },
  saying: Saying | undefined,
  path: PathPart[],
  value: unknown,
): Finding {
  if (saying !== undefined) {
    const { allowed, remedy } = saying;
    return { path, value, says: `${String(value)} is out of range`, allowed, remedy };
  }
  const count = Array.isArray(value) ? value.length : 0;
  const limit = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return {
    path,
    value,
    says: `has ${count || "no"} entries`,
    allowed: `${limit} entry`,
    remedy: "add or remove entries",
  };
}

function wrong(value: unknown, saying: Saying | undefined, kind: string, path: PathPart[]): Broken {
  const allowed = saying?.allowed ?? kind;
  if (value === undefined) {
    return { rule: "missing-key", finding: { path, value, says: "is missing", allowed, remedy: "add the line" } };
  }
  const misread = saying?.misread?.(value);
  if (saying !== undefined && misread !== undefined) {
    return { rule: saying.rule, finding: { path, value, allowed, remedy: saying.remedy, ...misread } };
  }
  if (saying?.rule === "not-a-choice" && typeof value === "string") {
    const meant = nearest(value, saying.allowed.split(", "));
    const remedy = meant === undefined ? saying.remedy : `did you mean ${meant}?`;
    return { rule: saying.rule, finding: { path, value, says: `"${value}" is none of these`, allowed, remedy } };
  }
  const remedy = saying?.remedy ?? `write ${kind}`;
  return { rule: "wrong-type", finding: { path, value, says: `${describe(value)} is not ${kind}`, allowed, remedy } };
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function kindOf(issue: Issue): string {
  return issue.code === "invalid_type" ? (KINDS[issue.expected] ?? issue.expected) : "a text";
}

function describe(value: unknown): string {
  if (value === null) return "an empty line";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : JSON.stringify(value);
}

/** The schema that is responsible for a path: wrappers are looked through, maps and lists stepped into. */
function schemaAt(schema: z.core.$ZodType, path: readonly PathPart[]): z.core.$ZodType | undefined {
  const bare = unwrapped(schema);
  const [step, ...rest] = path;
  if (step === undefined) return bare;

  const child = childSchema(bare, step);
  return child === undefined ? undefined : schemaAt(child, rest);
}

function childSchema(schema: z.core.$ZodType, step: PathPart): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.core.$ZodType>)[step];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional)
    return unwrapped(schema.def.innerType);
  return schema;
}
