import type { Rule } from "../rule.ts";
import { STORAGE_CLASS, VOLUME } from "../tokens.ts";
import { backendOfClass, backendOfVolume } from "./backends.ts";
import { mountOptionsOf } from "./workloads.ts";

const LEAST = 4.1;

/** Sessions of version 4.1 survive a restart of the server; Talos has no helper for locks of version 3. */
export const nfsMountsAreVersion41: Rule = {
  name: "nfs-mounts-are-version-4-1",
  description: "NFS volumes must be mounted with version 4.1 or later.",
  source: "D3 Performance Considerations, ADR-0026",
  remedy: "add `nfsvers=4.1` or later to `mountOptions`, at the top level and not under `parameters`",
  severity: "medium",
  weight: "always",
  judges: [STORAGE_CLASS, VOLUME],
  judge(resource) {
    const backend = resource.type === VOLUME ? backendOfVolume(resource) : backendOfClass(resource);
    if (backend !== "nfs") return [];
    const versions = mountOptionsOf(resource).flatMap((option) => /^(?:nfs)?vers=([\d.]+)$/.exec(option)?.[1] ?? []);
    if (versions.some((version) => Number(version) >= LEAST)) return [];
    return [
      `mounts NFS with ${versions.map((version) => `version ${version}`)[0] ?? "any version"} and must use ${LEAST} or later`,
    ];
  },
};
