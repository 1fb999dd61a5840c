import { dataBehind, declared } from "../classification/data.ts";
import { flagAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_SHARE, SHARES } from "../tokens.ts";

const KEEPERS = ["archive-nas", "backup-nas"];

/** What can write to a backup can encrypt it. */
export const backupAccessIsWriteRestricted: Rule = {
  name: "backup-access-is-write-restricted",
  description: "In a compute-centric site shares of archives and backups must be read-only.",
  source: "D0 Security, ADR-0001",
  remedy: "make the share read-only and let a scheduled job write",
  severity: "high",
  weight: "by-phase",
  model: "compute-centric",
  judges: SHARES,
  judge(share, stack) {
    const data = dataBehind(share, stack);
    const owner = data && declared(data, "owner");
    if (!owner || !KEEPERS.includes(owner)) return [];
    if (flagAt(share.props, share.type === NFS_SHARE ? "ro" : "readonly")) return [];
    return [`opens data of the ${owner} for writing and must be read-only`];
  },
};
