import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";
import { backendOfClaim } from "./backends.ts";
import { engineOf } from "./engines.ts";

/** NFS locks are advice; an interrupted connection leaves a damaged database. */
export const sqliteNeverOnNfs: Rule = {
  name: "sqlite-never-on-nfs",
  description: "A SQLite database must never lie on NFS.",
  source: "D3 SQLite on NFS Considerations, ADR-0026",
  remedy: "put it on iSCSI, on longhorn-sqlite, or on local-path with a backup to the NAS",
  severity: "critical",
  weight: "always",
  judges: [CLAIM],
  judge(claim, stack) {
    if (engineOf(claim) !== "sqlite" || backendOfClaim(claim, stack) !== "nfs") return [];
    return ["holds a SQLite database and must not lie on NFS"];
  },
};
