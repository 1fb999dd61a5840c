import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";

/** Where data lies must not depend on which class happens to be the default. */
export const volumeNamesOneClass: Rule = {
  name: "volume-names-one-class",
  description: "Every claim must name its StorageClass, or the volume that it is.",
  source: "D3 Don't Do This, D4 Workload Mapping",
  remedy: "set `storageClassName`, or `volumeName` for a volume made by hand",
  severity: "medium",
  weight: "always",
  judges: [CLAIM],
  judge({ props }) {
    if (textAt(props, "spec", "storageClassName") || textAt(props, "spec", "volumeName")) return [];
    return ["names neither a class nor a volume and must name one"];
  },
};
