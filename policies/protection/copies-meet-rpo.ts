import { declared, isCopy } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { at } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { REPLICATION_TASK, STORED_DATA } from "../tokens.ts";
import { type Copy, copiesThere } from "./copies.ts";
import { inWords, longestGap, secondsIn } from "./intervals.ts";
import { snapshotTasksOver } from "./snapshots.ts";

/** Snapshots die with their pool: what is lost with a machine is what came since the last copy elsewhere. */
export const copiesMeetRpo: Rule = {
  name: "copies-meet-rpo",
  description: "Copies that outlive the machine must be made at least as often as the data's declared RPO.",
  source: "D3 Backup and Disaster Recovery, ADR-0041",
  remedy: "copy it more often, or declare the loss that is acceptable",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    const rpo = secondsIn(declared(data, "rpo"));
    if (rpo === undefined || isCopy(data)) return [];
    const away = copiesThere(data, stack).filter(({ place }) => place === "other-host" || place === "offsite");
    const gap = Math.min(...away.map((copy) => gapOf(copy, data, stack)));
    if (gap <= rpo) return [];
    const seen = Number.isFinite(gap) ? `is copied away every ${inWords(gap)}` : "is copied away at no known time";
    return [`${seen} and must be every ${inWords(rpo)}, which is its RPO`];
  },
};

/** A replication without a schedule of its own follows the snapshots that it carries. */
function gapOf({ carrier }: Copy, data: Judged, stack: Stack): number {
  const schedule = at(carrier.props, "schedule");
  if (schedule !== undefined && schedule !== null) return longestGap(schedule);
  if (carrier.type !== REPLICATION_TASK) return Number.POSITIVE_INFINITY;
  return Math.min(...snapshotTasksOver(data, stack).map(({ props }) => longestGap(at(props, "schedule"))));
}
