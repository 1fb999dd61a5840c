import { isRecord } from "./property.ts";

/** How the engine writes a value that is known only after an apply; every check passes it over. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True for a value that is not known yet, or that contains one. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);

  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** True for text that is known. */
export function isKnown(value: unknown): value is string {
  return typeof value === "string" && value !== UNKNOWN;
}
