import { dataBehind, declared } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { ISCSI_EXTENT, NFS_SHARE } from "../tokens.ts";

/** The NAS is a cold archive there: what mounts it lives on it. */
export const nasExportsNoFilesystem: Rule = {
  name: "nas-exports-no-filesystem",
  description: "In a compute-centric site the NAS must export no file system or block device.",
  source: "D0 NAS, ADR-0001",
  remedy: "move the live data to the compute that uses it, and back it up to the NAS",
  severity: "high",
  weight: "by-phase",
  model: "compute-centric",
  judges: [NFS_SHARE, ISCSI_EXTENT],
  judge(share, stack) {
    const owner = share.type === NFS_SHARE ? declared(dataBehind(share, stack) ?? share, "owner") : undefined;
    if (owner === "user-compute") return [];
    return ["exports storage of the NAS to other machines and must not"];
  },
};
