import { createCipheriv, createDecipheriv, hash, randomBytes, scryptSync } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** As cheap as it can be: thousands of simulated runs open repositories, and nothing in the lab is worth guessing at. */
const COST = 16;

/** A key for encrypting, made at random. */
export function randomKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** The key that a password stands for, with a salt of its own. */
export function keyOf(password: string, salt: string): Buffer {
  return scryptSync(password, salt, KEY_BYTES, { N: COST });
}

/** The text encrypted and authenticated, as base64. */
export function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

/** The text that was sealed with the key; undefined when it was another key, or when somebody has changed it. */
export function unseal(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

/** A name for a content that tells nobody without the key what the content is. */
export function nameOf(key: Buffer, content: string): string {
  return hash("sha256", `${key.toString("hex")} ${content}`);
}
