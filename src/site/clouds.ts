import { z } from "zod";
import { matching, plainName } from "./names.ts";
import { choice, named, type Reading, text } from "./value.ts";

const HTTPS = "^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9]\\d{0,4})?/?$";

/** Where a cloud takes objects; what travels there is a backup, so it travels encrypted. */
const endpoint = text<string>({
  rule: "endpoint",
  allowed: "https:// and a host name, such as https://s3.eu-central-003.backblazeb2.com",
  remedy: "copy the S3 endpoint from the cloud's page about the bucket",
  pattern: HTTPS,
  examples: ["https://s3.eu-central-003.backblazeb2.com"],
  read: (input): Reading<string> => {
    if (new RegExp(HTTPS).test(input)) return { value: input.replace(/\/$/, "") };
    const plain = /^http:/.test(input);
    const says = plain ? `"${input}" is not encrypted` : `"${input}" is not an endpoint`;
    return { refused: { says, ...(plain ? { remedy: "write https:// in place of http://" } : {}) } };
  },
});

const region = matching({
  rule: "region",
  noun: "a region",
  allowed: "1 to 40 of a-z, 0-9 and -",
  remedy: "write the region as the cloud spells it, such as eu-central-003",
  pattern: "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$",
});

const cloud = z.strictObject({
  provider: choice(["b2", "s3"]).meta({ description: "Who keeps it; b2 is reached through its S3 endpoint." }),
  endpoint: endpoint.exactOptional().meta({ description: "Where it takes objects, https only." }),
  region: text(region).exactOptional().meta({ description: "The region that holds the buckets." }),
});

/** Places outside the house that keep copies, by name. */
export const clouds = named(plainName, cloud)
  .default({})
  .meta({ description: "Places outside the house that keep copies, by name." });
