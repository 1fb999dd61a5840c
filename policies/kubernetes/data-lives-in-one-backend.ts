import { declared } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { CLAIM, CRON_JOB, WORKLOADS } from "../tokens.ts";
import { backendOfClaim } from "./backends.ts";
import { volumesOf } from "./workloads.ts";

const LIVE = WORKLOADS.filter((type) => type !== CRON_JOB);

/** Two live places of the same data drift apart; a backup is no second place, and other volumes may lie elsewhere. */
export const dataLivesInOneBackend: Rule = {
  name: "data-lives-in-one-backend",
  description: "A workload must not keep the same data live in two storage backends.",
  source: "D3 Don't Do This, D4 Workload Mapping",
  remedy: "keep one of the volumes, and back it up rather than mirror it",
  severity: "high",
  weight: "always",
  judges: LIVE,
  judge(workload, stack) {
    const claims = volumesOf(workload, stack).flatMap(({ claim }) => claim ?? []);
    const byPurpose = Map.groupBy(claims, (claim) => declared(claim, "purpose") ?? claim.name);
    return [...byPurpose].flatMap(([purpose, same]) => {
      const backends = [...new Set(same.map((claim) => placeOf(claim, stack)))];
      if (backends.length < 2) return [];
      return [`keeps "${purpose}" live on ${backends.join(" and ")} and must keep it on one`];
    });
  },
};

function placeOf(claim: Judged, stack: Stack): string {
  return claim.type === CLAIM ? backendOfClaim(claim, stack) : "unknown";
}
