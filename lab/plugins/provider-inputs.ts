import type { InputRule } from "./resource-type.ts";
import { plain, UNKNOWN, type Wire, type WireMap } from "./values.ts";

/** A provider's inputs with their types: on the wire they are texts, and those of other types are JSON. */
export function decodedInputs(inputs: WireMap, rules: Readonly<Record<string, InputRule>>): WireMap {
  const entries = Object.entries(inputs).map(([key, value]) => {
    const seen = plain(value);
    const rule = rules[key];
    const isJson = typeof seen === "string" && seen !== UNKNOWN && rule !== undefined && rule.type !== "string";
    return [key, isJson ? parsed(seen) : value] as const;
  });
  return Object.fromEntries(entries);
}

function parsed(text: string): Wire {
  try {
    return JSON.parse(text) as Wire;
  } catch {
    return text; // Of the wrong type, then, which the check says in its own words.
  }
}
