import { isRecord } from "../model/property.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { UNREAD } from "../model/unread.ts";

/** What stands in place of a secret. */
export const MASK = "[secret]";
/** Shorter texts are masked as whole values only: inside other text they would hide too much. */
const SHORTEST_PART = 4;
/** Fields in which the middleware itself answers with what nobody is to see. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(["unixhash", "smbhash", "password_history", "keyhash"]);
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;

const NO_FIELDS: ReadonlySet<string> = new Set();

/** Replaces every value that arrived as a secret, and every private key, before anything leaves the process. */
export class Redactor {
  readonly #secrets = new Set<string>();
  #sorted: readonly string[] = [];
  #counted = 0;

  /** Remembers a secret; of objects and lists every text and number inside. */
  add(value: unknown): void {
    if (value === UNKNOWN || value === UNREAD) return;
    if (typeof value === "string" && value !== "") this.#secrets.add(value);
    else if (typeof value === "number") this.#secrets.add(String(value));
    else if (Array.isArray(value)) for (const item of value) this.add(item);
    else if (isRecord(value)) for (const item of Object.values(value)) this.add(item);
  }

  /** The text with secrets masked. */
  text(text: string): string {
    let masked = this.#secrets.has(text) ? MASK : text.replace(PRIVATE_KEY, MASK);
    for (const secret of this.#longestFirst()) {
      masked = masked.replaceAll(secret, MASK).replaceAll(JSON.stringify(secret).slice(1, -1), MASK);
    }

    return masked;
  }

  /** True when a secret is in the value, or is it, at any depth. */
  isIn(value: unknown): boolean {
    if (typeof value === "string") return this.#secrets.has(value) || this.text(value) !== value;
    if (typeof value === "number") return this.#secrets.has(String(value));
    if (Array.isArray(value)) return value.some((item) => this.isIn(item));

    return isRecord(value) && Object.values(value).some((item) => this.isIn(item));
  }

  /** The value with secrets masked at every depth, keys included, and whatever is in a field of these names. */
  value(value: unknown, fields: ReadonlySet<string> = NO_FIELDS): unknown {
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number") return this.#secrets.has(String(value)) ? MASK : value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, fields));
    if (!isRecord(value)) return value;

    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        this.text(key),
        isTold(item) && (SECRET_FIELDS.has(key) || fields.has(key)) ? MASK : this.value(item, fields),
      ]),
    );
  }

  /** Secrets only ever become more, so as many of them are the same ones. */
  #longestFirst(): readonly string[] {
    if (this.#counted !== this.#secrets.size) {
      const long = [...this.#secrets].filter((secret) => secret.length >= SHORTEST_PART);
      this.#sorted = long.sort((a, b) => b.length - a.length);
      this.#counted = this.#secrets.size;
    }
    return this.#sorted;
  }
}

/** Whether a field of secrets says anything; that it is empty is none. */
function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" && value !== UNKNOWN;
}
