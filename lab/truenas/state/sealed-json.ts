import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seal, unseal } from "../cloud/restic/seal.ts";
import { isPublicPair, SECRET_FIELDS } from "../configuration/secret-fields.ts";

const KEY_BYTES = 32;
/** A webhook is the secret of the service that it belongs to, though its field is called like any address. */
const WEBHOOK = /\/hooks?[./]|hooks\./;

/** JSON in which every secret is encrypted, with a key in a file of its own that nobody else can read. */
export class SealedJson {
  readonly #key: Buffer;

  constructor(dir: string) {
    const file = join(dir, "state.key");
    if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES).toString("hex"), { mode: 0o600 });
    this.#key = Buffer.from(readFileSync(file, "utf8"), "hex");
  }

  stringify(value: unknown, indent?: number): string {
    const key = this.#key;
    return JSON.stringify(
      value,
      function hide(this: object, name: string, member: unknown) {
        if (typeof member !== "string" || member === "") return member;
        const secret = SECRET_FIELDS.test(name) && !(name === "key" && isPublicPair(this));
        return secret || (name === "url" && WEBHOOK.test(member)) ? { $sealed: seal(key, member) } : member;
      },
      indent,
    );
  }

  parse(text: string): unknown {
    return JSON.parse(text, (_name, member: unknown) => {
      const sealed = Object(member).$sealed;
      return typeof sealed === "string" ? unseal(this.#key, sealed) : member;
    });
  }
}
