import { flagAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";

/** Once the last common snapshot has expired, everything travels again, or nothing does. */
export const replicationHoldsPendingSnapshots: Rule = {
  name: "replication-holds-pending-snapshots",
  description: "A replication must hold the snapshots that it has not sent yet.",
  source: "D4 Tier 2, ADR-0034",
  remedy: "say `holdPendingSnapshots: true`; verify tells how much space that takes while the target is away",
  severity: "high",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge({ props }) {
    // What is fetched lies on the other side, whose snapshots nobody can hold from here.
    if (props["enabled"] === false || textAt(props, "direction") === "PULL") return [];
    if (flagAt(props, "holdPendingSnapshots")) return [];
    return ["lets snapshots expire before they are sent and must hold them"];
  },
};
