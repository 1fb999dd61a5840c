import { canonical, sameValue } from "../model/canonical.ts";
import { absentValue, isRecord, type Property, type Values } from "../model/property.ts";
import type { ResourceType } from "../model/resource-type.ts";
import { hasUnknown } from "../model/unknown.ts";
import { UNREAD } from "../model/unread.ts";

/** What happens to the value at a path. */
export type DifferenceKind = "add" | "delete" | "update";

/** One difference between an object and the program. */
export interface Difference {
  /** Property path, e.g. `schedule.hour` or `userProperties["homelab:class"]`. */
  readonly path: string;
  readonly kind: DifferenceKind;
  /** True when it takes a new object. */
  readonly replaces: boolean;
}

/** Everything that differs, and what an update would send. */
export interface DiffResult {
  readonly differences: readonly Difference[];
  /** Top-level properties that differ, with their new value or what absence means. */
  readonly changed: Values;
  /** True when old and new object have one name, so that the old one must go first. */
  readonly deleteFirst: boolean;
}

/** The states that a difference is taken between. */
export interface DiffStates {
  readonly id: string;
  readonly oldInputs: Values;
  readonly oldOutputs: Values;
  readonly news: Values;
  readonly ignore?: readonly string[];
}

type Found = readonly [path: string, kind: DifferenceKind];

/** Compares by meaning, property by property; what the program never stated is not compared. */
export function diffInputs(type: ResourceType, states: DiffStates): DiffResult {
  const differences: Difference[] = [];
  const changed: Record<string, unknown> = {};
  const implied = type.implied?.(states.news) ?? {};
  for (const [name, property] of Object.entries(type.properties)) {
    if (property.hint) continue;
    const found = compare(type, name, property, states, implied).filter(([path]) => !isIgnored(path, states.ignore));
    if (found.length === 0) continue;
    const replaces = property.replaces === true;
    differences.push(...found.map(([path, kind]) => ({ path, kind, replaces })));
    changed[name] = states.news[name] === undefined ? emptied(property) : states.news[name];
  }

  return { differences, changed, deleteFirst: type.idOf(states.news) === states.id };
}

/** What to send for a property that was taken out. */
function emptied(property: Property): unknown {
  return property.kind === "map" ? {} : absentValue(property);
}

function compare(
  type: ResourceType,
  name: string,
  property: Property,
  states: DiffStates,
  implied: Values,
): readonly Found[] {
  const stated = states.oldInputs[name];
  const after = states.news[name];
  if (property.kind === "map") return compareMaps(name, property, states);
  if (stated === UNREAD && after !== undefined) return [];
  if (after === undefined) return stated === undefined ? [] : removed(name, property, stated, implied);
  const before = stated ?? states.oldOutputs[name];
  if (before === undefined || before === null) {
    const unreadable = property.replaces && stated === undefined;
    return unreadable ? [] : [[name, "add"]];
  }
  if (hasUnknown(after)) return [[name, "update"]];
  if (type.same?.[name]?.(before, after) ?? sameValue(property, before, after)) return [];
  if (type.same?.[name] === undefined && property.kind === "object") return inside(name, property, before, after);

  return [[name, stated === undefined ? "add" : "update"]];
}

/** Taken out of the program: back to the parent's value or the default, unless it is there already. */
function removed(name: string, property: Property, stated: unknown, implied: Values): readonly Found[] {
  const absent = absentValue(property);
  if (property.replaces || absent === undefined) return [];
  if (sameValue(property, stated, absent)) return [];

  return name in implied && sameValue(property, stated, implied[name]) ? [] : [[name, "delete"]];
}

/** Only the stated keys of a map are managed. */
function compareMaps(name: string, property: Property & { kind: "map" }, states: DiffStates): readonly Found[] {
  const stated = record(states.oldInputs[name]);
  const visible = record(states.oldOutputs[name]);
  const after = record(states.news[name]);
  if (states.news[name] !== undefined && !isRecord(states.news[name])) return [[name, "update"]];
  const gone = Object.keys(stated).filter((key) => !(key in after));
  const set = Object.keys(after).filter((key) => !same(property.values, stated[key] ?? visible[key], after[key]));

  return [
    ...gone.map((key): Found => [`${name}["${key}"]`, "delete"]),
    ...set.map((key): Found => [`${name}["${key}"]`, key in stated ? "update" : "add"]),
  ];
}

function inside(
  name: string,
  property: Property & { kind: "object" },
  before: unknown,
  after: unknown,
): readonly Found[] {
  const left = record(before);
  const right = record(after);

  return Object.entries(property.fields)
    .filter(([field, spec]) => !same(spec, left[field] ?? spec.default, right[field] ?? spec.default))
    .map(([field]): Found => {
      const kind = left[field] === undefined ? "add" : right[field] === undefined ? "delete" : "update";
      return [`${name}.${field}`, kind];
    });
}

function same(property: Property, a: unknown, b: unknown): boolean {
  if (hasUnknown(a) || hasUnknown(b)) return false;

  return JSON.stringify(canonical(property, a)) === JSON.stringify(canonical(property, b));
}

function isIgnored(path: string, ignore: readonly string[] = []): boolean {
  return ignore.some((prefix) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
