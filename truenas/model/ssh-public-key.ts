import { createPublicKey } from "node:crypto";
import { isRecord } from "./property.ts";

const OPENSSH = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/;
const MAGIC = "openssh-key-v1\0";

/**
 * The public half of a private key as `type base64`, without a comment. Undefined for what is no private key, or one
 * that a passphrase locks.
 */
export function publicHalf(privateKey: string): string | undefined {
  const body = OPENSSH.exec(privateKey)?.[1];
  try {
    return body === undefined ? fromPem(privateKey) : fromOpenSsh(Buffer.from(body, "base64"));
  } catch {
    return undefined;
  }
}

/** A public key without its comment, so that two spellings of one key are equal. */
export function bareKey(publicKey: string): string {
  return publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
}

/** A file of OpenSSH's own format begins with the public half in clear: cipher, kdf, its options, how many keys, a key. */
function fromOpenSsh(file: Buffer): string | undefined {
  const reader = new Reader(file.subarray(MAGIC.length));
  const cipher = reader.text();
  reader.text();
  reader.text();
  reader.number();
  const key = reader.bytes();

  return cipher === "none" ? `${new Reader(key).text()} ${key.toString("base64")}` : undefined;
}

function fromPem(privateKey: string): string | undefined {
  const jwk: unknown = createPublicKey(privateKey).export({ format: "jwk" });
  if (!isRecord(jwk)) return undefined;
  const part = (name: string) => Buffer.from(String(jwk[name]), "base64url");
  if (jwk["kty"] === "RSA") return packed("ssh-rsa", positive(part("e")), positive(part("n")));

  return jwk["crv"] === "Ed25519" ? packed("ssh-ed25519", part("x")) : undefined;
}

/** SSH writes numbers with their sign, so that a leading one bit needs a zero byte before it. */
function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), number]) : number;
}

function packed(type: string, ...parts: readonly Buffer[]): string {
  const fields = [Buffer.from(type), ...parts].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });

  return `${type} ${Buffer.concat(fields).toString("base64")}`;
}

class Reader {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  number(): number {
    const value = this.#rest.readUInt32BE();
    this.#rest = this.#rest.subarray(4);

    return value;
  }

  bytes(): Buffer {
    const length = this.number();
    const value = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);

    return value;
  }

  text(): string {
    return this.bytes().toString();
  }
}
