import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { structs } from "../protocol/wire.ts";
import { MARK, OUTPUT_MARK, RESOURCE_MARK, SECRET_MARK, UNKNOWN_STRING, UNKNOWN_STRINGS } from "./marks.ts";
import {
  isMap,
  OutputValue,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
} from "./value.ts";

/** What the receiver of a message understands; what it does not is sent as plain values, or left out. */
export interface Understanding {
  /** False leaves unknown properties out. */
  readonly unknowns?: boolean;
  readonly secrets?: boolean;
  readonly resources?: boolean;
}

/** Everything the engine itself understands. */
export const EVERYTHING: Understanding = { unknowns: true, secrets: true, resources: true };

type Json = JavaScriptValue;

/** A property map as the protobuf message that the protocol carries. */
export function encode(map: PropertyMap, understanding: Understanding): Struct {
  return structs.Struct.fromJavaScript(encodeMap(map, understanding));
}

/** The property map inside a protobuf message; a missing message is an empty map. */
export function decode(message: Struct | undefined): PropertyMap {
  return message === undefined ? {} : decodeMap(message.toJavaScript());
}

function encodeMap(map: PropertyMap, understanding: Understanding): Record<string, Json> {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(map)) {
    const encoded = encodeValue(value, understanding);
    if (encoded !== undefined) out[key] = encoded;
  }
  return out;
}

function encodeValue(value: PropertyValue, understanding: Understanding): Json | undefined {
  if (value instanceof Unknown) return understanding.unknowns ? UNKNOWN_STRING : undefined;
  if (value instanceof Secret) {
    const inner = encodeValue(value.value, understanding);
    if (!understanding.secrets || inner === undefined) return inner;
    return { [MARK]: SECRET_MARK, value: inner };
  }
  if (value instanceof OutputValue) return encodeValue(plainOutput(value), understanding);
  if (value instanceof ResourceReference) return encodeReference(value, understanding);
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, understanding) ?? null);
  if (isMap(value)) return encodeMap(value, understanding);
  return value;
}

function plainOutput(output: OutputValue): PropertyValue {
  const plain = output.value ?? Unknown.VALUE;
  return output.secret ? new Secret(plain) : plain;
}

function encodeReference(reference: ResourceReference, understanding: Understanding): Json | undefined {
  const id = reference.id === undefined ? undefined : encodeValue(reference.id, understanding);
  if (!understanding.resources) return id ?? reference.urn;
  return {
    [MARK]: RESOURCE_MARK,
    urn: reference.urn,
    ...(id === undefined ? {} : { id }),
    ...(reference.packageVersion ? { packageVersion: reference.packageVersion } : {}),
  };
}

function decodeMap(map: Readonly<Record<string, Json>>): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, decodeValue(value)]));
}

/** One plain JSON value with its marks turned into the engine's own values. */
function decodeValue(value: Json): PropertyValue {
  if (typeof value === "string") return UNKNOWN_STRINGS.has(value) ? Unknown.VALUE : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (typeof value !== "object" || value === null) return value;
  const map = value as Readonly<Record<string, Json>>;
  const mark = map[MARK];
  if (mark === SECRET_MARK && map["value"] !== undefined) return new Secret(decodeValue(map["value"]));
  if (mark === OUTPUT_MARK) return decodeOutput(map);
  if (mark === RESOURCE_MARK) return decodeReference(map);
  return decodeMap(map);
}

function decodeReference(map: Readonly<Record<string, Json>>): ResourceReference {
  const id = map["id"];
  return new ResourceReference(
    String(map["urn"]),
    id === undefined || id === null ? undefined : decodeValue(id === "" ? UNKNOWN_STRING : id),
    String(map["packageVersion"] ?? ""),
  );
}

function decodeOutput(value: Readonly<Record<string, Json>>): OutputValue {
  const content = value["value"];
  const dependencies = value["dependencies"];
  return new OutputValue(
    content === undefined ? undefined : decodeValue(content),
    value["secret"] === true,
    Array.isArray(dependencies) ? dependencies.map(String) : [],
  );
}
