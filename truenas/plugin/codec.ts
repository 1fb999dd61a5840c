import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { isRecord, type Values } from "../model/property.ts";
import type { ResourceType } from "../model/resource-type.ts";
import { secretNames, secretParts } from "../model/secrets.ts";
import { UNKNOWN } from "../model/unknown.ts";
import type { Redactor } from "./redact.ts";

/** Marks an object on the wire as something else than an object; fixed by the Pulumi protocol. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Unknown values of other kinds; here all are one. */
const UNKNOWNS = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

type Struct = InstanceType<typeof structs.Struct>;

/** Property values without wrappers, and which top-level ones arrived as secrets. */
export interface Decoded {
  readonly values: Values;
  readonly secrets: ReadonlySet<string>;
}

/**
 * Unwraps secrets, outputs, resource references and unknowns; every secret text is told to the redactor, and so is
 * what the type of the object calls a secret.
 */
export function decode(struct: Struct | undefined, redactor: Redactor, type?: ResourceType): Decoded {
  const values: Record<string, unknown> = {};
  const secrets = new Set<string>();
  const always = type ? secretNames(type) : new Set();
  for (const [name, wire] of Object.entries(struct?.toJavaScript() ?? {})) {
    const value = unwrap(wire, () => secrets.add(name));
    if (always.has(name)) secrets.add(name);
    if (secrets.has(name)) redactor.add(always.has(name) ? secretParts(type?.properties[name], value) : value);
    if (value !== null) values[name] = value;
  }

  return { values, secrets };
}

/** Wraps values for the engine; a property that arrived as a secret leaves as one. */
export function encode(values: Values, secrets: ReadonlySet<string> = new Set()): Struct {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const plain = toJson(value);
    if (plain === undefined) continue;
    wire[name] = secrets.has(name) ? { [SIGNATURE]: SECRET, value: plain } : plain;
  }

  return structs.Struct.fromJavaScript(wire as Parameters<typeof structs.Struct.fromJavaScript>[0]);
}

/** The inputs as they came, with what always is a secret marked as one, so that no state ever holds it in clear. */
export function marked(struct: Struct | undefined, always: ReadonlySet<string>): Struct | undefined {
  const wire = struct?.toJavaScript() ?? {};
  const bare = Object.entries(wire).filter(([name, value]) => always.has(name) && isBare(value));
  if (bare.length === 0) return struct;
  const wrapped = bare.map(([name, value]) => [name, { [SIGNATURE]: SECRET, value }]);

  return structs.Struct.fromJavaScript({ ...wire, ...Object.fromEntries(wrapped) });
}

function isBare(value: unknown): boolean {
  if (value === null || (typeof value === "string" && UNKNOWNS.has(value))) return false;

  return !isRecord(value) || (value[SIGNATURE] !== SECRET && value[SIGNATURE] !== OUTPUT);
}

function unwrap(wire: unknown, onSecret: () => void): unknown {
  if (typeof wire === "string") return UNKNOWNS.has(wire) ? UNKNOWN : wire;
  if (Array.isArray(wire)) return wire.map((item) => unwrap(item, onSecret));
  if (!isRecord(wire)) return wire;
  const signature = wire[SIGNATURE];
  if (signature !== undefined) return unwrapMarked(signature, wire, onSecret);

  return Object.fromEntries(
    Object.entries(wire)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, unwrap(value, onSecret)]),
  );
}

function unwrapMarked(signature: unknown, wire: Readonly<Record<string, unknown>>, onSecret: () => void): unknown {
  switch (signature) {
    case SECRET:
      onSecret();
      return unwrap(wire["value"], onSecret);
    case OUTPUT:
      if (wire["secret"] === true) onSecret();
      return "value" in wire ? unwrap(wire["value"], onSecret) : UNKNOWN;
    case RESOURCE:
      return wire["id"] === "" ? UNKNOWN : unwrap(wire["id"] ?? wire["urn"], onSecret);
    default:
      throw new Error("assets and archives are not accepted by this provider; pass text");
  }
}

/** Drops what JSON cannot carry, so that the wire form never meets undefined. */
function toJson(value: unknown): unknown {
  const text = JSON.stringify(value);

  return text === undefined ? undefined : JSON.parse(text);
}
