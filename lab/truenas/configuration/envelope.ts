import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from "node:crypto";
import { seal, unseal } from "../cloud/restic/seal.ts";
import type { Configuration } from "./configuration.ts";

interface Envelope {
  /** SHA-256 of the certificate that it is for. */
  readonly recipient: string;
  /** PEM of the sender's key, used once. */
  readonly sender: string;
  readonly sealed: string;
}

function agreed(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  return createHash("sha256").update(diffieHellman({ privateKey, publicKey })).digest();
}

/** A configuration that only the holder of the certificate's private key can read; the certificate is DER of an EC key. */
export function enclose(configuration: Configuration, certificate: Buffer): string {
  const recipient = new X509Certificate(certificate);
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: recipient.publicKey.asymmetricKeyDetails?.namedCurve ?? "prime256v1",
  });
  const envelope: Envelope = {
    recipient: recipient.fingerprint256,
    sender: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sealed: seal(agreed(privateKey, recipient.publicKey), JSON.stringify(configuration)),
  };
  return JSON.stringify(envelope);
}

/** Opens what the recipient's private key (PEM) opens; throws when it is another key's, or not whole. */
export function openConfiguration(copy: string, privateKey: string): Configuration {
  const { sender, sealed } = JSON.parse(copy) as Envelope;
  const text = unseal(agreed(createPrivateKey(privateKey), createPublicKey(sender)), sealed);
  if (text === undefined) throw new Error("the copy of the configuration is not for this private key, or is damaged");
  return JSON.parse(text) as Configuration;
}
