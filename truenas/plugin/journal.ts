import { appendFileSync } from "node:fs";
import type { Call, Ingredient } from "../model/resource-type.ts";
import { secretFields } from "../model/secrets.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { MASK, type Redactor } from "./redact.ts";

/** How a call ended. */
export type Outcome = { readonly result: unknown } | { readonly error: string };

/** Appends every middleware call as one JSON line, secrets masked; without a file it writes nothing. */
export class Journal {
  readonly #file: string | undefined;
  /** Knows every secret that this process has met. */
  readonly redactor: Redactor;

  constructor(file: string | undefined, redactor: Redactor) {
    this.#file = file;
    this.redactor = redactor;
  }

  /** A call that was made; `seconds` is how long it took. */
  made(host: string, { method, params, first }: Call, outcome: Outcome, seconds: number): void {
    if (first)
      this.#append({ host, ...named(first), ...("result" in outcome ? { result: MASK } : outcome), seconds: 0 });
    this.#append({ host, method, params, ...outcome, seconds: Math.round(seconds * 1000) / 1000 });
  }

  /** A call that an apply would make, as far as a preview can know. */
  planned(host: string, { method, params, first }: Call): void {
    if (first) this.#append({ host, ...named(first), seconds: 0, planned: true });
    this.#append({ host, method, params, seconds: 0, planned: true });
  }

  #append(line: { readonly method: string } & Readonly<Record<string, unknown>>): void {
    if (!this.#file) return;
    const masked = this.redactor.value(line, secretFields(line.method));
    const text = JSON.stringify(masked).replaceAll(UNKNOWN, "<not known yet>");
    appendFileSync(this.#file, `${text}\n`);
  }
}

/** What the appliance makes by itself for another call, and shows to nobody. */
function named({ method, params }: Ingredient): Pick<Call, "method" | "params"> {
  return { method, params };
}
