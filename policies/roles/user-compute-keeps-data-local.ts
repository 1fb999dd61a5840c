import { declared } from "../classification/data.ts";
import { backendOfClaim, backendOfVolume, ON_NAS } from "../kubernetes/backends.ts";
import type { Rule } from "../rule.ts";
import { CLAIM, NFS_SHARE, VOLUME } from "../tokens.ts";
import { hostsLetIn } from "./reach.ts";

/** User compute is the system of record; it runs on when the NAS does not. */
export const userComputeKeepsDataLocal: Rule = {
  name: "user-compute-keeps-data-local",
  description: "In a compute-centric site user compute must keep its live data on local storage.",
  source: "D0 User Compute, ADR-0001",
  remedy: "keep the data on storage of the machine that uses it, and back it up to the NAS",
  severity: "high",
  weight: "by-phase",
  model: "compute-centric",
  judges: [NFS_SHARE, CLAIM, VOLUME],
  judge(resource, stack) {
    if (resource.type === NFS_SHARE) {
      const hosts = hostsLetIn(resource, stack.site, "user-compute");
      return hosts.map((host) => `is mounted by ${host}, which is user compute and must keep its data locally`);
    }
    if (declared(resource, "owner") !== "user-compute") return [];
    const backend = resource.type === CLAIM ? backendOfClaim(resource, stack) : backendOfVolume(resource);
    if (!ON_NAS.includes(backend)) return [];
    return [`belongs to user compute, lies on the NAS (${backend}) and must be local`];
  },
};
