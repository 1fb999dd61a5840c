import { declared, isCopy } from "../classification/data.ts";
import { at } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { inWords, longestGap, secondsIn } from "./intervals.ts";
import { snapshotTasksOver } from "./snapshots.ts";

/** Between two snapshots everything can be lost, so their distance is the loss that is accepted. */
export const snapshotsMeetRpo: Rule = {
  name: "snapshots-meet-rpo",
  description: "Snapshots must come at least as often as the data's declared RPO.",
  source: "D3 Backup and Disaster Recovery, D4 Tier 1, ADR-0008",
  remedy: "use a tier that comes more often, or declare the loss that is acceptable",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    const rpo = secondsIn(declared(data, "rpo"));
    if (rpo === undefined || isCopy(data)) return [];
    const gaps = snapshotTasksOver(data, stack).map(({ props }) => longestGap(at(props, "schedule")));
    const gap = Math.min(...gaps);
    if (gap <= rpo) return [];
    const seen = gaps.length === 0 ? "is never snapshotted" : `is snapshotted every ${inWords(gap)}`;
    return [`${seen} and must be every ${inWords(rpo)}, which is its RPO`];
  },
};
