import { z } from "zod";
import { matching, plainName } from "./names.ts";
import { choice, named, text } from "./value.ts";

const url = text(
  matching({
    rule: "image-url",
    noun: "the address of an image",
    allowed: "https:// and the path of a file that never changes",
    remedy: "name one release, not the latest; its file must keep its size",
    pattern: "^https://[^ ]+/[^ /]+$",
  }),
);

const sha256 = text(
  matching({
    rule: "image-checksum",
    noun: "a SHA-256 checksum",
    allowed: "64 hex digits",
    remedy: "copy the SHA-256 that the publisher states",
    pattern: "^[0-9a-f]{64}$",
  }),
);

const image = z.strictObject({
  kind: choice(["installer", "disk"]).meta({
    description: "An ISO to install from, or a disk that is ready to start.",
  }),
  url: url.meta({ description: "Where it is downloaded." }),
  file: z.string().exactOptional().meta({ description: "Its name on the host; that of the download when left out." }),
  sha256: sha256.exactOptional().meta({ description: "What the download must hash to." }),
});

/** Images that machines are made from, by name. */
export const images = named(plainName, image)
  .default({})
  .meta({ description: "Images that machines are made from, by name." });
