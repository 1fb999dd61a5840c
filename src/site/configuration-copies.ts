import { createHash, X509Certificate } from "node:crypto";
import { z } from "zod";
import { confirmation } from "./hardware-words.ts";
import { hostName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { named, type Reading, reference, text, wholeNumber } from "./value.ts";

/** Longest certificate that fits into the appliance's command, in bytes; a key on P-256 stays below, RSA does not. */
const LONGEST_CERTIFICATE = 420;

/** A certificate for which something is encrypted; only the owner of its private key reads that. */
const certificate = text<string>({
  rule: "certificate",
  allowed: "a certificate in PEM with a key on P-256",
  remedy:
    "make one: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=recovery -keyout recovery-key.pem -out recovery-certificate.pem",
  read: (input): Reading<string> => {
    try {
      const { raw } = new X509Certificate(input);
      if (raw.length <= LONGEST_CERTIFICATE) return { value: input };
      return { refused: { says: `a certificate of ${raw.length} bytes does not fit into the appliance's command` } };
    } catch {
      const [begin = ""] = input.trim().split("\n");
      return { refused: { says: `it begins with "${begin.slice(0, 40)}", and holds no certificate` } };
    }
  },
});

/** By which a certificate is confirmed: the first 12 hex digits of its SHA-256 fingerprint. */
export function certificatePrint(pem: string): string {
  return createHash("sha256").update(new X509Certificate(pem).raw).digest("hex").slice(0, 12);
}

const configurationCopy = z.strictObject({
  dataset: reference("a dataset, pool first").meta({
    description: "The appliance's own dataset that keeps the copies; what carries it away protects them.",
  }),
  schedule: schedule().meta({ description: "When." }),
  keep: wholeNumber(1, 400, "copies", "write how many copies are kept")
    .default(30)
    .meta({ description: "How many copies are kept; 30 when left out." }),
});

/** Encrypted copies of what appliances are configured to be, their database and secret seed. */
export const configurationCopies = z
  .strictObject({
    certificate: certificate.meta({ description: "Whoever has its private key can read the copies, and nobody else." }),
    confirmed: confirmation()
      .exactOptional()
      .meta({ description: "Confirms that somebody holds the private key of exactly this certificate (ADR-0036)." }),
    appliances: named(hostName, configurationCopy).meta({ description: "Where each appliance's copies go." }),
  })
  .exactOptional()
  .meta({ description: "Encrypted copies of appliances' own configuration." });
