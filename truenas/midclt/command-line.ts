import type { Call } from "../model/resource-type.ts";
import { JOB_METHODS, TEXT_METHODS } from "./job-methods.ts";

/** Largest message that the middleware takes; a longer one closes its socket. */
export const MESSAGE_LIMIT = 64 * 1024;
/** Room for the JSON-RPC envelope around the parameters. */
const ENVELOPE = 512;

/** The shell command of a call: every argument as JSON in single quotes, so that nothing is ever guessed. */
export function commandLine(call: Call, sudo: boolean): string {
  const flags = JOB_METHODS.has(call.method) ? " -j -jp description" : "";
  const params = call.params.map((param) => ` '${asciiJson(param).replaceAll("'", "'\\''")}'`).join("");

  return `${sudo ? "sudo -n " : ""}midclt call${flags} ${call.method}${params}`;
}

/** Length of the message that the client will send: it writes JSON with a blank after each comma and colon. */
export function messageLength(call: Call): number {
  return ENVELOPE + call.method.length + pythonLength(call.params);
}

/** The result that a successful call printed; undefined when it is no JSON although the method answers with it. */
export function readReply(method: string, stdout: string): { readonly value: unknown } | undefined {
  const text = stdout.trim();
  if (TEXT_METHODS.has(method)) return { value: text };
  if (text === "True" || text === "False") return { value: text === "True" };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** JSON in ASCII, which survives every locale on the way. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function pythonLength(value: unknown): number {
  if (Array.isArray(value)) return 2 + value.reduce<number>((sum, item) => sum + pythonLength(item) + 2, 0);
  if (typeof value !== "object" || value === null) return asciiJson(value ?? null).length;

  return Object.entries(value).reduce((sum, [key, item]) => sum + asciiJson(key).length + pythonLength(item) + 4, 2);
}
