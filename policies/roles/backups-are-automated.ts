import { at, flagAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CLOUD_BACKUP, CLOUD_SYNC, EXTERNAL_COPY, REPLICATION_TASK } from "../tokens.ts";

/** A backup that somebody must remember is forgotten. */
export const backupsAreAutomated: Rule = {
  name: "backups-are-automated",
  description: "In a compute-centric site backups must run by themselves.",
  source: "D0 Security, ADR-0001",
  remedy: "give it a schedule and enable it",
  severity: "high",
  weight: "by-phase",
  model: "compute-centric",
  judges: [REPLICATION_TASK, CLOUD_BACKUP, CLOUD_SYNC, EXTERNAL_COPY],
  judge({ type, props }) {
    const scheduled = type === REPLICATION_TASK ? flagAt(props, "auto") : at(props, "schedule") !== undefined;
    if (scheduled && props["enabled"] !== false) return [];
    return ["must run by itself, on a schedule"];
  },
};
