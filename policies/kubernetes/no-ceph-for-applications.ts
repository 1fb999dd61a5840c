import type { Rule } from "../rule.ts";
import { CLAIM, VOLUME } from "../tokens.ts";
import { backendOfClaim, backendOfVolume } from "./backends.ts";

/** Ceph is for disks of machines and for etcd. */
export const noCephForApplications: Rule = {
  name: "no-ceph-for-applications",
  description: "Volumes of applications must not lie on Ceph.",
  source: "D3 Tier 3, ADR-0026",
  remedy: "use a StorageClass of the NAS",
  severity: "medium",
  weight: "always",
  judges: [CLAIM, VOLUME],
  judge(resource, stack) {
    const backend = resource.type === CLAIM ? backendOfClaim(resource, stack) : backendOfVolume(resource);
    return backend === "ceph" ? ["lies on Ceph and must not"] : [];
  },
};
