import type { Rule } from "../rule.ts";
import { WORKLOADS } from "../tokens.ts";
import { valuableVolumes } from "./pod-volumes.ts";

/** What a pod keeps in itself ends with it. */
export const noEmptyDirForDataOfValue: Rule = {
  name: "no-empty-dir-for-data-of-value",
  description: "A workload must not keep data of value in the container layer.",
  source: "D1 §8, D3 Tier 2",
  remedy: "claim a volume for it; name what may be lost in the annotation homelab/disposable-volumes",
  severity: "high",
  weight: "always",
  judges: WORKLOADS,
  judge(workload, stack) {
    const names = valuableVolumes(workload, stack, "emptyDir");
    return names.map((name) => `keeps ${name} in an emptyDir and must not keep data of value there`);
  },
};
