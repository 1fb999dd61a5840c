import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";

/** What writes to a volume, by its annotation `homelab/engine`; `files` where it says nothing. */
export function engineOf(claim: Judged): string {
  return textAt(claim.props, "metadata", "annotations", "homelab/engine") ?? "files";
}
