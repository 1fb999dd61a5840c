import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

/** The key that marks a map as one of Pulumi's special values. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270";

/** What stands on the wire for a value that a preview does not know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A property as it travels, marks included. */
export type Wire = JavaScriptValue;
export type WireMap = Record<string, Wire>;

/** Marks a value as secret, unless it is already. */
export function secret(value: Wire): Wire {
  return isSecret(value) ? value : { [MARK]: SECRET_MARK, value };
}

/** The value without any secret marks. */
export function plain(value: Wire): Wire {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const map = value as WireMap;
  return isSecret(map) ? plain(map["value"] ?? null) : plainMap(map);
}

/** A map without any secret marks. */
export function plainMap(map: WireMap): WireMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, plain(value)]));
}

/** True when the value or anything inside it is secret. */
export function hasSecret(value: Wire): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecret(value) || Object.values(value as WireMap).some(hasSecret);
}

/** True when the value or anything inside it is not known yet. */
export function hasUnknown(value: Wire): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value as WireMap).some(hasUnknown);
}

/**
 * The texts inside a value that are secret, so that they can be kept out of what people see; what lies under one of the
 * `open` keys may be seen although a secret surrounds it.
 */
export function secretTexts(value: Wire, open: readonly string[], secretAround = false): string[] {
  if (typeof value === "string") return secretAround && value !== "" ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const inside = secretAround || isSecret(value);
  return Object.entries(value as WireMap).flatMap(([key, item]) =>
    key === MARK || open.includes(key) ? [] : secretTexts(item, open, inside),
  );
}

function isSecret(value: Wire): boolean {
  return typeof value === "object" && value !== null && (value as WireMap)[MARK] === SECRET_MARK;
}
