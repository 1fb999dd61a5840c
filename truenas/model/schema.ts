import { absentValue, isRecord, type Properties, type Property } from "./property.ts";
import { providerConfig } from "./provider-config.ts";
import { resourceTypes } from "./registry.ts";
import { type ResourceType, tokenOf } from "./resource-type.ts";

type Json = Record<string, unknown>;

/** Version of the provider as the engine sees it. */
export const VERSION = "0.1.0";

/** The Pulumi package schema, generated from the type table. */
export function packageSchema(): Json {
  const types: Json = {};
  const resources = Object.fromEntries(resourceTypes.map((type) => [tokenOf(type), resourceSchema(type, types)]));
  const provider = objectSchema(providerConfig, types);

  return {
    name: "truenas",
    version: VERSION,
    displayName: "TrueNAS",
    description: "TrueNAS pools, datasets, shares and tasks over midclt and SSH.",
    config: {},
    provider: {
      description: "One TrueNAS appliance, reached over SSH at the first call that needs it.",
      properties: provider.properties,
      inputProperties: provider.properties,
      ...(provider.required ? { required: provider.required, requiredInputs: provider.required } : {}),
    },
    resources,
    types,
    functions: {},
    language: {},
  };
}

function resourceSchema(type: ResourceType, types: Json): Json {
  const inputs = objectSchema(type.properties, types);
  const outputs = objectSchema(type.outputs, types);

  return {
    description: type.doc,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required ?? [],
    properties: { ...inputs.properties, ...outputs.properties },
    required: [...(inputs.required ?? []), ...Object.keys(type.outputs)],
  };
}

function objectSchema(fields: Properties, types: Json): { properties: Json; required?: string[] } {
  const entries = Object.entries(fields);
  const properties = Object.fromEntries(entries.map(([name, property]) => [name, propertySchema(property, types)]));
  const required = entries.filter(([, property]) => property.required).map(([name]) => name);

  return required.length > 0 ? { properties, required } : { properties };
}

function propertySchema(property: Property, types: Json): Json {
  const shape = shapeOf(property, types);
  const type = property.inheritable && shape["type"] !== "string" ? { oneOf: [shape, { type: "string" }] } : shape;

  return {
    ...type,
    description: describe(property),
    ...(property.secret ? { secret: true } : {}),
    ...(property.replaces ? { willReplaceOnChanges: true } : {}),
  };
}

function shapeOf(property: Property, types: Json): Json {
  switch (property.kind) {
    case "string":
    case "enum":
      return { type: "string" };
    case "integer":
      return { type: "integer" };
    case "boolean":
      return { type: "boolean" };
    case "scalar":
      return { $ref: "pulumi.json#/Any" };
    case "list":
      return { type: "array", items: bare(shapeOf(property.items, types)) };
    case "map":
      return { type: "object", additionalProperties: bare(shapeOf(property.values, types)) };
    case "object": {
      const token = `truenas:index:${property.typeName}`;
      types[token] ??= { type: "object", description: property.doc, ...objectSchema(property.fields, types) };
      return { $ref: `#/types/${token}` };
    }
  }
}

/** Item types carry no description of their own. */
function bare(shape: Json): Json {
  const { description: _, ...rest } = shape;

  return rest;
}

function describe(property: Property): string {
  const absent = absentValue(property);
  const values =
    property.kind === "enum" ? ` One of ${property.values.join(", ")}${property.inheritable ? ", INHERIT" : ""}.` : "";
  const inherit = property.inheritable && property.kind !== "enum" ? " INHERIT follows the parent." : "";
  const fallback =
    absent === undefined ||
    absent === null ||
    property.inheritable ||
    isRecord(absent) ||
    property.doc.includes("Default ")
      ? ""
      : ` Default ${JSON.stringify(absent)}.`;

  return `${property.doc}${values}${inherit}${fallback}`;
}
