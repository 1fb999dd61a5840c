import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { copiesBlindTo, copiesOf } from "./copies.ts";

/** A cloud copy of the dataset above skips a zvol in silence, and looks complete. */
export const volumesAreNotLeftToFileCopies: Rule = {
  name: "volumes-are-not-left-to-file-copies",
  description:
    "A volume that lies in the path of a copy of files must get to the same place by a copy that sees blocks.",
  source: "D4 Tier 3, ADR-0042",
  remedy: "replicate it by ZFS, or have what uses it write its backup to a dataset",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (isCopy(data) || !(isOf(data, "authoritative") || isOf(data, "runtime"))) return [];
    const seen = copiesOf(data, stack).map(({ place }) => place);
    const blind = copiesBlindTo(data, stack).filter(({ place }) => !seen.includes(place));
    if (blind.length === 0) return [];
    return [`holds blocks, which ${blind.map(({ carrier }) => carrier.name).join(" and ")} cannot see`];
  },
};
