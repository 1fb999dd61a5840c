import type { Rule } from "../rule.ts";
import { WORKLOADS } from "../tokens.ts";
import { valuableVolumes } from "./pod-volumes.ts";

/** A path of a node is gone when the pod moves. */
export const noHostPathForDataOfValue: Rule = {
  name: "no-host-path-for-data-of-value",
  description: "A workload must not keep data of value in a path of its node.",
  source: "D1 §8, D3 Tier 2",
  remedy: "claim a volume for it; name what may be lost in the annotation homelab/disposable-volumes",
  severity: "high",
  weight: "always",
  judges: WORKLOADS,
  judge(workload, stack) {
    const names = valuableVolumes(workload, stack, "hostPath");
    return names.map((name) => `keeps ${name} in a path of its node and must not keep data of value there`);
  },
};
