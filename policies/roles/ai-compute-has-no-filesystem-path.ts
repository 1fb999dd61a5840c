import { dataBehind, declared } from "../classification/data.ts";
import { backendOfClaim, backendOfVolume, ON_NAS } from "../kubernetes/backends.ts";
import { volumesOf } from "../kubernetes/workloads.ts";
import { at } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CLAIM, SHARES, VOLUME, WORKLOADS } from "../tokens.ts";
import { hostsLetIn } from "./reach.ts";

/** Models ask services for data; what they can mount, they can leak. */
export const aiComputeHasNoFilesystemPath: Rule = {
  name: "ai-compute-has-no-filesystem-path",
  description: "In a compute-centric site AI compute must have no file system path to user data or to the NAS.",
  source: "D0 AI Compute, ADR-0001",
  remedy: "let it ask the API of the service that owns the data",
  severity: "high",
  weight: "by-phase",
  model: "compute-centric",
  judges: [...SHARES, CLAIM, VOLUME, ...WORKLOADS],
  judge(resource, stack) {
    if (SHARES.includes(resource.type)) {
      const data = dataBehind(resource, stack);
      if (data && declared(data, "owner") === "ai-compute") return [];
      const hosts = hostsLetIn(resource, stack.site, "ai-compute");
      return hosts.map((host) => `lets in ${host}, which is AI compute and must reach data through APIs only`);
    }
    if (declared(resource, "owner") !== "ai-compute") return [];
    if (WORKLOADS.includes(resource.type)) {
      const paths = volumesOf(resource, stack).filter(
        ({ source }) =>
          at(source, "nfs") !== undefined || at(source, "iscsi") !== undefined || at(source, "hostPath") !== undefined,
      );
      return paths.map(({ name }) => `is AI compute, mounts ${name} and must reach data through APIs only`);
    }
    const backend = resource.type === CLAIM ? backendOfClaim(resource, stack) : backendOfVolume(resource);
    if (!ON_NAS.includes(backend)) return [];
    return [`belongs to AI compute, lies on the NAS (${backend}) and must not`];
  },
};
