import { flagAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";

/** From scratch means that TrueNAS destroys what it finds in the target and has no snapshot of. */
export const replicationOverwritesAsDeclared: Rule = {
  name: "replication-overwrites-as-declared",
  description: "A replication may destroy what lies in its target only where the site says so.",
  source: "D4 Tier 2, ADR-0039",
  remedy: "leave `allowFromScratch` out, or say `fromScratch: true` at the site's replication for the first run only",
  severity: "critical",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge({ props, name }, { site }) {
    if (!flagAt(props, "allowFromScratch") || site?.fromScratch.includes(name)) return [];
    return [`may destroy what lies in ${textAt(props, "targetDataset")}, and the site does not say so`];
  },
};
