import { certificatePrint } from "../configuration-copies.ts";
import type { Check } from "./check.ts";

/** A confirmation is of one certificate: whoever changes it has another private key to keep. */
export const certificateIsConfirmed: Check = {
  rule: "certificate-is-confirmed",
  find: ({ site, intact }) => {
    const path = ["configurationCopies", "confirmed"];
    const { certificate, confirmed } = site.configurationCopies ?? {};
    if (certificate === undefined || confirmed === undefined || !intact(["configurationCopies", "certificate"]))
      return [];
    const expected = certificatePrint(certificate);
    if (confirmed === expected) return [];

    const says = `"${confirmed}" does not confirm this certificate`;
    const remedy = `open a copy with its private key, then write confirmed: "${expected}"`;
    return [{ path, says, allowed: "the fingerprint of the certificate, whose private key is kept", remedy }];
  },
};
