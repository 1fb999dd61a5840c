import { backendOfClaim, ON_NAS } from "../kubernetes/backends.ts";
import { backupIntervalOf } from "../kubernetes/backups.ts";
import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";
import { isOf } from "./data.ts";

/** What only a service keeps goes with it. */
export const noServiceIsTheSoleHolder: Rule = {
  name: "no-service-is-the-sole-holder",
  description: "No service may hold the only copy of authoritative data.",
  source: "D1 Core Principles, D1 §8",
  remedy: "put the volume on the NAS, or back it up there by a CronJob or a Velero schedule",
  severity: "critical",
  weight: "always",
  judges: [CLAIM],
  judge(claim, stack) {
    if (!isOf(claim, "authoritative")) return [];
    const backend = backendOfClaim(claim, stack);
    if (ON_NAS.includes(backend) || backupIntervalOf(claim, stack) !== undefined) return [];
    return [`is authoritative, lies on ${backend} storage of its cluster and must have a copy on the NAS`];
  },
};
