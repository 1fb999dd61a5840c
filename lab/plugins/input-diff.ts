import { isDeepStrictEqual } from "node:util";
import type { InputRule, ResourceType } from "./resource-type.ts";
import type { Wire, WireMap } from "./values.ts";

/** One input that differs. */
export interface InputChange {
  /** Where, such as `disks[0].size`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What differs between old and new inputs, as deep as the type describes them. */
export function diffInputs(type: ResourceType, olds: WireMap, news: WireMap): InputChange[] {
  const changes = diffFields("", olds, news, type.inputs);
  const replacing = new Set(type.replacesWhen?.(olds, news) ?? []);
  return changes.map((change) => (replacing.has(change.path) ? { ...change, replaces: true } : change));
}

/** The input that a path leads into: `disks` of `disks[0].size`. */
export function topOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function diffFields(
  prefix: string,
  olds: WireMap,
  news: WireMap,
  fields: Readonly<Record<string, InputRule>>,
): InputChange[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].flatMap((key) =>
    diffValue(`${prefix}${key}`, olds[key], news[key], fields[key]),
  );
}

function diffValue(path: string, old: Wire | undefined, now: Wire | undefined, rule: InputRule | undefined) {
  if (isDeepStrictEqual(old, now)) return [];
  const inside = rule && !rule.replaces ? diffInside(path, old, now, rule) : undefined;
  if (inside) return inside;
  const kind = old === undefined ? ("add" as const) : now === undefined ? ("delete" as const) : ("update" as const);
  return [{ path, kind, replaces: rule?.replaces === true }];
}

function diffInside(
  path: string,
  old: Wire | undefined,
  now: Wire | undefined,
  { items, fields }: InputRule,
): InputChange[] | undefined {
  if (items && Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, at) => diffValue(`${path}[${at}]`, old[at], now[at], items)).flat();
  }
  if (fields && isMap(old) && isMap(now)) return diffFields(`${path}.`, old, now, fields);
  return undefined;
}

function isMap(value: Wire | undefined): value is WireMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
