import { isRecord, type Properties, type Property, type Values, wireName } from "./property.ts";
import { queries } from "./queries.ts";
import { resourceTypes } from "./registry.ts";
import { type ResourceType, tokenOf } from "./resource-type.ts";

type Told = Pick<ResourceType, "properties" | "outputs">;

/** Names of the properties and outputs of a type that are secrets. */
export function secretNames({ properties, outputs }: Told): ReadonlySet<string> {
  const all: Properties = { ...properties, ...outputs };

  return new Set(Object.keys(all).filter((name) => all[name]?.secret));
}

/** The secrets among the inputs of a type. */
export function secretInputs(type: Told, inputs: Values): Values {
  const names = secretNames(type);

  return Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
}

/** What of the value of a secret property is secret: the members that its table names, or all of it. */
export function secretParts(property: Property | undefined, value: unknown): unknown {
  if (property?.kind !== "object" || !isRecord(value)) return value;
  const named = Object.entries(property.fields).filter(([, field]) => field.secret);

  return named.length === 0 ? value : named.map(([name]) => value[name]);
}

/** Fields in which the middleware takes or tells secrets of the objects that a method is about. */
export function secretFields(method: string): ReadonlySet<string> {
  return FIELDS.get(namespaceOf(method)) ?? NONE;
}

/** True for a write whose answer tells the secrets of the object, also of one that carries none itself. */
export function answersSecrets(method: string): boolean {
  return /\.(create|update)$/.test(method) && secretFields(method).size > 0;
}

/** Whether a property of a resource is a secret; undefined for a type that this provider does not have. */
export function isSecretProperty(token: string, name: string): boolean | undefined {
  const type = resourceTypes.find((candidate) => tokenOf(candidate) === token);

  return type && secretNames(type).has(name);
}

/** Everything below the fields of these names. */
export function valuesOf(fields: ReadonlySet<string>, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(fields, item));
  if (!isRecord(value)) return [];

  return Object.entries(value).flatMap(([name, item]) => (fields.has(name) ? [item] : valuesOf(fields, item)));
}

function namespaceOf(method: string): string {
  return method.slice(0, Math.max(0, method.lastIndexOf(".")));
}

const NONE: ReadonlySet<string> = new Set();
const FIELDS: ReadonlyMap<string, ReadonlySet<string>> = fieldsByNamespace();

function fieldsByNamespace(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = resourceTypes.flatMap((type) => {
    const all: Properties = { ...type.properties, ...type.outputs };
    const { reading } = type;
    if (reading.by !== "namespace") return [];
    const namespace = namespaceOf(queries[reading.namespace].method);
    const own = [...secretNames(type)].map((name) => {
      const property = all[name];
      return property ? wireName(name, property) : name;
    });
    return [...own, ...(type.tells ?? [])].map((field) => ({ namespace, field }));
  });
  const groups = Map.groupBy(found, ({ namespace }) => namespace);

  return new Map([...groups].map(([namespace, all]) => [namespace, new Set(all.map(({ field }) => field))]));
}
