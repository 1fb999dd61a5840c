import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const SALT_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What the check value of every salt decrypts to when the passphrase is right. */
const CHECK = "pulumi";

/** Deriving a key takes most of a second, so one process derives each only once. */
const derived = new Map<string, Promise<Buffer>>();

/** Encrypts the secrets of a state the way the official `passphrase` provider does, so that its CLI can read them. */
export class SecretsManager {
  /** `v1:<salt>:v1:<nonce>:<check value>`, as in `secrets_providers.state.salt`. */
  readonly salt: string;
  readonly #key: Buffer;

  private constructor(salt: string, key: Buffer) {
    this.salt = salt;
    this.#key = key;
  }

  /** Opens the secrets of an existing state; throws when the passphrase is not the one they were written with. */
  static async open(salt: string, passphrase: string): Promise<SecretsManager> {
    const [version, encoded, ...check] = salt.split(":");
    if (version !== "v1" || encoded === undefined || check.length !== 3) {
      throw new Error(
        `the salt "${salt}" in secrets_providers is not of the form v1:<salt>:v1:<nonce>:<check>; put back a copy of the state`,
      );
    }
    const manager = new SecretsManager(salt, await deriveKey(passphrase, encoded));
    try {
      if (manager.decrypt(check.join(":")) === CHECK) return manager;
    } catch {
      // A wrong key fails authentication; the message below says so for both cases.
    }
    throw new Error(
      "the passphrase does not open the secrets of this state; set PULUMI_CONFIG_PASSPHRASE to the one it was written with",
    );
  }

  /** Secrets for a state that has none yet. */
  static async create(passphrase: string): Promise<SecretsManager> {
    const salt = randomBytes(SALT_BYTES).toString("base64");
    const key = await deriveKey(passphrase, salt);
    return new SecretsManager(`v1:${salt}:${new SecretsManager("", key).encrypt(CHECK)}`, key);
  }

  /** `v1:<nonce>:<ciphertext and tag>`. */
  encrypt(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  decrypt(ciphertext: string): string {
    const [version, nonce, encoded] = ciphertext.split(":");
    if (version !== "v1" || nonce === undefined || encoded === undefined) {
      throw new Error(
        "a secret of this state is not of the form v1:<nonce>:<ciphertext>; put back a copy of the state",
      );
    }
    const sealed = Buffer.from(encoded, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  }
}

/** The passphrase given, or the one kept beside the state in a file that only its owner can read. */
export async function passphraseFor(stateFile: string, given: string | undefined): Promise<string> {
  if (given !== undefined && given !== "") return given;
  const file = `${stateFile}.passphrase`;
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const passphrase = randomBytes(KEY_BYTES).toString("base64url");
  await writeFile(file, `${passphrase}\n`, { mode: 0o600, flag: "wx" });
  return passphrase;
}

function deriveKey(passphrase: string, salt: string): Promise<Buffer> {
  const name = `${salt}:${passphrase}`;
  const key =
    derived.get(name) ?? promisify(pbkdf2)(passphrase, Buffer.from(salt, "base64"), ITERATIONS, KEY_BYTES, "sha256");
  derived.set(name, key);
  return key;
}
