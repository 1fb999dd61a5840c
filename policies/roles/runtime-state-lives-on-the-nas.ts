import { isOf } from "../classification/data.ts";
import { backendOfClaim, ON_NAS } from "../kubernetes/backends.ts";
import { backupIntervalOf } from "../kubernetes/backups.ts";
import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";

/** A rebuilt node comes back empty; what applications need is on the NAS. */
export const runtimeStateLivesOnTheNas: Rule = {
  name: "runtime-state-lives-on-the-nas",
  description: "In a nas-centric site runtime state must live on the NAS, or be backed up there on a schedule.",
  source: "D1 §2, D1 §4, ADR-0001",
  remedy: "use a StorageClass of the NAS, or back the volume up there by a CronJob or a Velero schedule",
  severity: "high",
  weight: "by-phase",
  model: "nas-centric",
  judges: [CLAIM],
  judge(claim, stack) {
    if (!isOf(claim, "runtime")) return [];
    const backend = backendOfClaim(claim, stack);
    if (ON_NAS.includes(backend) || backupIntervalOf(claim, stack) !== undefined) return [];
    return [
      `holds runtime state, lies on ${backend} storage of its cluster and must live on the NAS or be backed up there`,
    ];
  },
};
