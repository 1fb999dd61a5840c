import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";
import { asciiJson } from "./command-line.ts";
import { type FailureText, readFailure } from "./failure-text.ts";
import { JOB_METHODS } from "./job-methods.ts";
import { SECRET_PROGRAM } from "./secret-program.ts";

/** Where secrets travel: through standard input of a small program, or in the arguments of `midclt` for all to see. */
export type SecretRoute = "stdin" | "argv";

/** What the program printed: the result, or what went wrong. */
export type SecretReply = { readonly value: unknown } | { readonly failure: FailureText };

/** The shell command of the program; it says nothing of the call. */
export function secretCommandLine(sudo: boolean): string {
  return `${sudo ? "sudo -n " : ""}python3 -c '${SECRET_PROGRAM}'`;
}

/** What the program reads: the call as JSON in ASCII. */
export function secretInput({ method, params, first }: Call): string {
  return asciiJson({ method, params, job: JOB_METHODS.has(method), ...(first ? { first } : {}) });
}

/** The parameters of a call with what was made for it, where no program puts it there. */
export function completed({ params, first }: Call, made: unknown): readonly unknown[] {
  const [whole, way] = [structuredClone(params), [...(first?.into ?? [])]];
  const last = way.pop();
  const place = way.reduce<unknown>((here, step) => (here as Readonly<Record<string, unknown>>)[step], whole);
  if (last !== undefined && isRecord(made)) (place as Record<string, unknown>)[last] = made[first?.take ?? ""];

  return whole;
}

/** The reply that the program printed; undefined when it printed something else. */
export function readSecretReply(stdout: string): SecretReply | undefined {
  let reply: unknown;
  try {
    reply = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  if (!isRecord(reply)) return undefined;
  if ("result" in reply) return { value: reply["result"] };
  const { error } = reply;

  return isRecord(error) ? { failure: failureOf(error) } : undefined;
}

/** The error in the very words in which `midclt` would have printed it, which one place reads. */
function failureOf({ errno, message, errors }: Readonly<Record<string, unknown>>): FailureText {
  const lines = (Array.isArray(errors) ? errors : []).map(
    ([attribute, said, name]) => `[${name ?? "EUNKNOWN"}] ${attribute || "ALL"}: ${said}`,
  );
  const read = readFailure(lines.length > 0 ? lines.join("\n") : String(message));

  return typeof errno === "string" ? { errno, ...read } : read;
}

/** Why the program did not run at all, so that the call surely was not made; undefined when it may have been. */
export function readRefusal(stderr: string): FailureText | undefined {
  const failure = readFailure(stderr);

  return ["auth", "unsupported"].includes(failure.kind) ? failure : undefined;
}
