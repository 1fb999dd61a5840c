import { PythonFloat } from "./kinds.ts";

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

const escapeUnit = (unit: string) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]|[^ -~]/g, escapeUnit)}"`;
}

/** Python spells integral floats with a fraction. */
export function floatText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A value as Python's `json.dumps` writes it: one line, `", "` and `": "`, non-ASCII as `\uXXXX`. */
export function dumps(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return quoted(value);
  if (value instanceof PythonFloat) return floatText(value.value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(dumps).join(", ")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${quoted(key)}: ${dumps(member)}`).join(", ")}}`;
}

/** Reads one command line argument as the client does: JSON when it parses, the text itself when it does not. */
export function parseArgument(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && /[.eE]/.test(context?.source ?? "") ? new PythonFloat(value) : value,
    );
  } catch {
    return text;
  }
}

/** The value with every float wrapper replaced by a plain number, for storing and for JavaScript readers. */
export function plain(value: unknown): unknown {
  if (value instanceof PythonFloat) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
