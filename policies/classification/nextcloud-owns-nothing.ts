import { volumeOf } from "../kubernetes/backends.ts";
import { runs, volumesOf } from "../kubernetes/workloads.ts";
import type { Rule } from "../rule.ts";
import { WORKLOADS } from "../tokens.ts";
import { isOf } from "./data.ts";

/** Nextcloud is a way to files; deleting it must lose none. */
export const nextcloudOwnsNothing: Rule = {
  name: "nextcloud-owns-nothing",
  description: "Nextcloud must keep its users' files in external storage on the NAS and hold none itself.",
  source: "D1 §1 Nextcloud Data Clarification",
  remedy: "mount a dataset of the NAS as external storage through a volume bound by name",
  severity: "high",
  weight: "always",
  judges: WORKLOADS,
  judge(workload, stack) {
    if (!runs(workload, "nextcloud")) return [];
    const own = volumesOf(workload, stack).filter(
      ({ claim }) => claim && isOf(claim, "authoritative") && !volumeOf(claim, stack),
    );
    const names = own.map(({ name }) => name);
    if (names.length === 0) return [];
    return [`keeps authoritative files in ${names.join(", ")} and must reach them on the NAS as external storage`];
  },
};
