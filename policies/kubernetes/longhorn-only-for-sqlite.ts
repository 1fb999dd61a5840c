import type { Rule } from "../rule.ts";
import { CLAIM } from "../tokens.ts";
import { backendOfClaim } from "./backends.ts";
import { engineOf } from "./engines.ts";

/** Replicated blocks cost threefold and are one more thing to break; only SQLite needs them. */
export const longhornOnlyForSqlite: Rule = {
  name: "longhorn-only-for-sqlite",
  description: "Longhorn must hold SQLite databases only.",
  source: "D3 Don't Do This, D3 Longhorn for Critical SQLite Apps, ADR-0026",
  remedy: "use a StorageClass of the NAS, or say `homelab/engine: sqlite` where it is one",
  severity: "medium",
  weight: "always",
  judges: [CLAIM],
  judge(claim, stack) {
    if (backendOfClaim(claim, stack) !== "longhorn" || engineOf(claim) === "sqlite") return [];
    return [`holds ${engineOf(claim)} on Longhorn, which must hold SQLite only`];
  },
};
