import { isRecord, type Properties, type Property, type Values, wireName } from "./property.ts";

/** The middleware's form of the given values; properties that only this provider knows are left out. */
export function toWire(properties: Properties, values: Values): Record<string, unknown> {
  const payload: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = values[name];
    if (value !== undefined && !property.providerSide) payload[wireName(name, property)] = wireValue(property, value);
  }

  return payload;
}

/** The program's form of a middleware object; fields that the table does not name are left out. */
export function fromWire(properties: Properties, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = row[wireName(name, property)];
    if (value !== undefined && !property.providerSide && !property.writeOnly)
      values[name] = plainValue(property, value);
  }

  return values;
}

function wireValue(property: Property, value: unknown): unknown {
  if (property.nullIs !== undefined && value === property.nullIs) return null;
  if (property.kind === "object" && isRecord(value)) return toWire(property.fields, value);
  if (property.kind === "list" && Array.isArray(value)) return value.map((item) => wireValue(property.items, item));

  return value;
}

function plainValue(property: Property, value: unknown): unknown {
  if (property.nullIs !== undefined && value === null) return property.nullIs;
  if (property.kind === "object" && isRecord(value)) return fromWire(property.fields, value);
  if (property.kind === "list" && Array.isArray(value)) return value.map((item) => plainValue(property.items, item));

  return value;
}
