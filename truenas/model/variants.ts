import { toWire } from "./payload.ts";
import { type Properties, type Values, wireName } from "./property.ts";
import type { Problem, Row } from "./resource-type.ts";
import { UNKNOWN } from "./unknown.ts";

/** Which of the flat properties an object of each type has; a trailing `!` marks what it needs. */
export type Variants = Readonly<Record<string, readonly string[]>>;

/** A property of a variant's list, without its mark. */
const bare = (entry: string) => entry.replace(/!$/, "");

/** Names of the properties that objects of this type have. */
export function fieldsOf(variants: Variants, type: unknown): readonly string[] {
  return (variants[String(type)] ?? []).map(bare);
}

/** Secrets that every object of this type has. */
export function neededSecrets(properties: Properties, variants: Variants, type: unknown): readonly string[] {
  const needed = (variants[String(type)] ?? []).filter((entry) => entry.endsWith("!")).map(bare);

  return needed.filter((name) => properties[name]?.secret);
}

/** What a type needs and is not stated, and what is stated and belongs to others. */
export function checkVariant(variants: Variants, inputs: Values): readonly Problem[] {
  const { type } = inputs;
  const entries = variants[String(type)];
  if (type === UNKNOWN || !entries) return [];
  const own = new Set(entries.map(bare));
  const needed = entries.filter((entry) => entry.endsWith("!")).map(bare);
  const others = [...new Set(Object.values(variants).flat().map(bare))].filter((name) => !own.has(name));

  return [
    ...needed
      .filter((name) => inputs[name] === undefined || inputs[name] === "")
      .map((property) => ({ property, reason: `type ${type} needs ${property}; state it` })),
    ...others
      .filter((name) => inputs[name] !== undefined)
      .map((property) => ({ property, reason: `type ${type} has no ${property}; leave it out` })),
  ];
}

/** The members of an object of a type, in the middleware's words; what is not stated becomes what absence means there. */
export function variantToWire(properties: Properties, variants: Variants, values: Values): Record<string, unknown> {
  const own = fieldsOf(variants, values["type"]);
  const stated = Object.fromEntries(Object.entries(values).filter(([name]) => own.includes(name)));

  return { type: values["type"], ...toWire(properties, stated) };
}

/** Names under which the members can be read without a secret among them, e.g. `provider.region`. */
export function readableColumns(parent: string, properties: Properties, variants: Variants): readonly string[] {
  const names = new Set(Object.values(variants).flat().map(bare));
  const readable = Object.entries(properties).filter(([name, { writeOnly }]) => names.has(name) && !writeOnly);

  return readable.map(([name, property]) => `${parent}.${wireName(name, property)}`);
}

/** What the middleware shows to whoever may not see a value. */
const HIDDEN = "********";

/** The members that are shown. */
export function shownMembers(members: Row): Row {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== HIDDEN));
}
