import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CLOUD_CREDENTIAL } from "../tokens.ts";

/** Where a kind of provider says how it is reached. */
const ADDRESSES = ["endpoint", "url"] as const;

/** Whoever listens on the way would get the key of the bucket, and with it every copy. */
export const cloudsAreReachedByHttps: Rule = {
  name: "clouds-are-reached-by-https",
  description: "A cloud that keeps copies must be reached by https.",
  source: "D4 Tier 3, ADR-0037",
  remedy: "write the endpoint as the cloud shows it, with https://",
  severity: "high",
  weight: "always",
  judges: [CLOUD_CREDENTIAL],
  judge({ props }) {
    if (textAt(props, "type") === "FTP") return ["is reached by FTP, which shows its password, and must use https"];
    return ADDRESSES.map((property) => textAt(props, property))
      .filter((address) => address !== undefined && !/^https:\/\//i.test(address))
      .map((address) => `is reached by ${address} and must use https`);
  },
};
