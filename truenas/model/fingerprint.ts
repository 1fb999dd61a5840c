import { createHash } from "node:crypto";

/**
 * Short name of an exact set of disks: the first 12 hex digits of the SHA-256 over their sorted serial numbers.
 * A pool is created only when the program repeats it, so one changed disk asks for a new confirmation.
 */
export function fingerprint(serials: readonly string[]): string {
  const sorted = [...serials].sort();
  return createHash("sha256").update(sorted.join("\n")).digest("hex").slice(0, 12);
}
