import type { InputRule, ResourceType } from "./resource-type.ts";
import { hasUnknown, plain, plainMap, UNKNOWN, type Wire, type WireMap } from "./values.ts";

interface Failure {
  readonly property: string;
  readonly reason: string;
}

const IS: Readonly<Record<InputRule["type"], (value: Wire) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** Everything that is wrong with the inputs of a resource; unknown values pass. */
export function checkInputs(type: ResourceType, news: WireMap): Failure[] {
  const failures = [...Object.entries(news)].flatMap(([key, value]) => checkInput(key, value, type.inputs[key]));
  const missing = Object.entries(type.inputs).filter(([key, rule]) => rule.required && !(key in news));
  failures.push(...missing.map(([property]) => ({ property, reason: "is required, but missing" })));
  if (failures.length > 0 || hasUnknown(news)) return failures;
  return [...(type.check?.(plainMap(news)) ?? [])];
}

function checkInput(property: string, value: Wire, rule: InputRule | undefined): Failure[] {
  if (rule === undefined) return [{ property, reason: "is not a property of this type" }];
  if (rule.unsupported) return [{ property, reason: "is not supported by the lab's stand-in for this plugin" }];
  const seen = plain(value);
  if (seen === UNKNOWN || IS[rule.type](seen)) return [];
  return [{ property, reason: `must be of type ${rule.type}` }];
}

/** The inputs with the defaults of the type filled in. */
export function withDefaults(type: ResourceType, inputs: WireMap): WireMap {
  const defaults = Object.entries(type.inputs).flatMap(([key, rule]) =>
    rule.default === undefined ? [] : [[key, rule.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...inputs };
}
