import type { InputFailure, InputRule, ResourceType } from "./resource-type.ts";
import { hasUnknown, plain, plainMap, UNKNOWN, type Wire, type WireMap } from "./values.ts";

type Fields = Readonly<Record<string, InputRule>>;

const IS: Readonly<Record<InputRule["type"], (value: Wire) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** Everything that is wrong with the inputs of a resource; unknown values pass. */
export function checkInputs(type: Pick<ResourceType, "inputs" | "check">, news: WireMap): InputFailure[] {
  const failures = checkFields("", news, type.inputs);
  if (failures.length > 0 || hasUnknown(news)) return failures;
  return [...(type.check?.(plainMap(news)) ?? [])];
}

function checkFields(path: string, news: WireMap, fields: Fields): InputFailure[] {
  const failures = Object.entries(news).flatMap(([key, value]) => checkInput(`${path}${key}`, value, fields[key]));
  const missing = Object.entries(fields).filter(([key, rule]) => rule.required && !(key in news));
  return [...failures, ...missing.map(([key]) => ({ property: `${path}${key}`, reason: "is required, but missing" }))];
}

function checkInput(property: string, value: Wire, rule: InputRule | undefined): InputFailure[] {
  if (rule === undefined) return [{ property, reason: "is not a property of this type" }];
  if (rule.unsupported) return [{ property, reason: "is not supported by the lab's stand-in for this plugin" }];
  const seen = plain(value);
  if (seen === UNKNOWN) return [];
  if (!IS[rule.type](seen)) return [{ property, reason: `must be of type ${rule.type}` }];
  const wrong = wrongValue(seen, rule);
  if (wrong !== undefined) return [{ property, reason: wrong }];
  return checkInside(property, seen, rule);
}

function wrongValue(seen: Wire, { oneOf, matches, between }: InputRule): string | undefined {
  if (oneOf && !oneOf.includes(seen as string)) return `must be one of ${oneOf.join(", ")}`;
  if (matches && !matches[0].test(String(seen))) return `must be ${matches[1]}`;
  if (!between) return undefined;
  const [least, most] = between;
  return Number(seen) < least || Number(seen) > most ? `must be from ${least} to ${most}` : undefined;
}

function checkInside(property: string, seen: Wire, { items, fields }: InputRule): InputFailure[] {
  if (items) return (seen as Wire[]).flatMap((item, at) => checkInput(`${property}[${at}]`, item, items));
  return fields ? checkFields(`${property}.`, seen as WireMap, fields) : [];
}

/** The inputs with the defaults of the type filled in. */
export function withDefaults(type: ResourceType, inputs: WireMap): WireMap {
  const defaults = Object.entries(type.inputs).flatMap(([key, rule]) =>
    rule.default === undefined ? [] : [[key, rule.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...inputs };
}
