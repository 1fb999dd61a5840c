import type { Check } from "./check.ts";

/** Largest site in bytes of JSON: Linux hands a program at most 128 KiB in one environment variable. */
const LARGEST_SITE = 96 * 1024;

/** The site can be handed to the program. */
export const siteSize: Check = {
  rule: "site-size",
  find: ({ written }) => {
    const bytes = Buffer.byteLength(JSON.stringify(written.at([])));
    if (bytes <= LARGEST_SITE) return [];

    const says = `${Math.ceil(bytes / 1024)} KiB of JSON are more than a program can be handed`;
    return [{ path: [], value: bytes, says, allowed: "96 KiB or less", remedy: "split the site into several stacks" }];
  },
};
