import { z } from "zod";
import { CHECKSUM, COMPRESSION } from "../../truenas/index.ts";
import { choice, wholeNumber } from "./value.ts";

const SWITCH = ["ON", "OFF", "INHERIT"] as const;
const COMPRESSIONS = [...COMPRESSION, "INHERIT"] as const;
const CHECKSUMS = [...CHECKSUM, "INHERIT"] as const;
const RECORD_SIZES = [
  "512",
  "1K",
  "2K",
  "4K",
  "8K",
  "16K",
  "32K",
  "64K",
  "128K",
  "256K",
  "512K",
  "1M",
  "2M",
  "4M",
  "8M",
  "16M",
  "INHERIT",
] as const;
const PERCENT = () => wholeNumber(0, 100, "percent of the quota", "write a percentage, 0 for no alert").exactOptional();

const shared = {
  compression: choice(COMPRESSIONS).exactOptional(),
  sync: choice(["STANDARD", "ALWAYS", "DISABLED", "INHERIT"]).exactOptional(),
  readonly: choice(SWITCH).exactOptional(),
  deduplication: choice(["ON", "VERIFY", "OFF", "INHERIT"]).exactOptional(),
  checksum: choice(CHECKSUMS).exactOptional(),
  copies: wholeNumber(1, 3, "copies", "write 1, 2 or 3").exactOptional(),
};

/** ZFS properties of a dataset as the middleware spells them; one that is left out is inherited. */
export const datasetProperties = z.strictObject({
  ...shared,
  recordsize: choice(RECORD_SIZES).exactOptional(),
  atime: choice(SWITCH).exactOptional(),
  exec: choice(SWITCH).exactOptional(),
  snapdir: choice(["DISABLED", "VISIBLE", "HIDDEN", "INHERIT"]).exactOptional(),
  acltype: choice(["OFF", "NFSV4", "POSIX", "INHERIT"]).exactOptional(),
  aclmode: choice(["PASSTHROUGH", "RESTRICTED", "DISCARD", "INHERIT"]).exactOptional(),
  casesensitivity: choice(["SENSITIVE", "INSENSITIVE"]).exactOptional(),
  quotaWarning: PERCENT(),
  quotaCritical: PERCENT(),
  refquotaWarning: PERCENT(),
  refquotaCritical: PERCENT(),
});

/** ZFS properties of a zvol as the middleware spells them; one that is left out is inherited. */
export const zvolProperties = z.strictObject({
  ...shared,
  snapdev: choice(["HIDDEN", "VISIBLE", "INHERIT"]).exactOptional(),
});
