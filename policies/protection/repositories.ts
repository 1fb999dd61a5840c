import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { CLOUD_BACKUP, CLOUD_CREDENTIAL, CLOUD_SYNC } from "../tokens.ts";

/** What writes into a bucket. */
export const WRITERS: readonly string[] = [CLOUD_BACKUP, CLOUD_SYNC];

/** The first task before this one that writes to a bucket, and of which something is true; each pair is told once. */
export function earlierWriter(task: Judged, stack: Stack, shares: (first: Judged) => boolean): Judged | undefined {
  if (!writes(task)) return undefined;
  const all = stack.of(...WRITERS);
  const at = all.indexOf(task);
  return stack.known(WRITERS, (first) => all.indexOf(first) < at && writes(first) && shares(first))[0];
}

/** The credential that a task names, where the program has it. */
export function credentialOf({ home, props }: Judged, stack: Stack): Judged | undefined {
  return stack.where(CLOUD_CREDENTIAL, home, "name", textAt(props, "credential") ?? "")[0];
}

function writes({ props }: Judged): boolean {
  return props["enabled"] !== false && textAt(props, "direction") !== "PULL";
}
