import { declared, isOf } from "../classification/data.ts";
import { inWords, secondsIn } from "../protection/intervals.ts";
import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";
import { backendOfClaim } from "./backends.ts";
import { backupIntervalOf } from "./backups.ts";
import { engineOf } from "./engines.ts";

/** A local volume dies with its node. */
export const localPathForWhatMayBeLost: Rule = {
  name: "local-path-for-what-may-be-lost",
  description:
    "Volumes of local-path must hold disposable data, or SQLite with a backup to the NAS that meets its RPO.",
  source: "D3 Tier 2, D3 SQLite Disaster Recovery Strategies, ADR-0026",
  remedy: "use a StorageClass of the NAS; for SQLite, declare `homelab/rpo` and a CronJob that backs it up as often",
  severity: "high",
  weight: "always",
  judges: [CLAIM],
  judge(claim, stack) {
    if (backendOfClaim(claim, stack) !== "local" || isOf(claim, "disposable")) return [];
    if (engineOf(claim) !== "sqlite")
      return [`holds ${declared(claim, "class") ?? "unclassed"} data on its node and must not`];
    const rpo = secondsIn(declared(claim, "rpo"));
    const interval = backupIntervalOf(claim, stack) ?? Number.POSITIVE_INFINITY;
    if (rpo !== undefined && interval <= rpo) return [];
    const seen = Number.isFinite(interval) ? `is backed up every ${inWords(interval)}` : "is not backed up to the NAS";
    return [
      `holds SQLite on its node, ${seen} and must be within its RPO, ${rpo ? inWords(rpo) : "which it does not declare"}`,
    ];
  },
};
