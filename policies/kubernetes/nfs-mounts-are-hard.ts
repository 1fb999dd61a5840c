import type { Rule } from "../rule.ts";
import { STORAGE_CLASS, VOLUME } from "../tokens.ts";
import { backendOfClass, backendOfVolume } from "./backends.ts";
import { mountOptionsOf } from "./workloads.ts";

/** A soft mount turns a short outage into errors that applications write over their data. */
export const nfsMountsAreHard: Rule = {
  name: "nfs-mounts-are-hard",
  description: "NFS volumes must be mounted with `hard`.",
  source: "D3 TrueNAS NFS StorageClass, ADR-0026",
  remedy: "add `hard` to `mountOptions`, at the top level and not under `parameters`",
  severity: "high",
  weight: "always",
  judges: [STORAGE_CLASS, VOLUME],
  judge(resource) {
    const backend = resource.type === VOLUME ? backendOfVolume(resource) : backendOfClass(resource);
    if (backend !== "nfs" || mountOptionsOf(resource).includes("hard")) return [];
    return ["mounts NFS and must do so with the option hard"];
  },
};
