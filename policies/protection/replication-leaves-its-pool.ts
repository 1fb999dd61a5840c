import { poolOf } from "../classification/data.ts";
import { textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";

/** A copy on the same disks dies with them; one on another pool of the same host is allowed and counts as local. */
export const replicationLeavesItsPool: Rule = {
  name: "replication-leaves-its-pool",
  description: "A replication must not target the pool that it copies from.",
  source: "D2 Local backups, ADR-0017",
  remedy: "replicate to another pool, or better to another host",
  severity: "high",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge({ props }) {
    const target = textAt(props, "targetDataset") ?? "";
    if (textAt(props, "transport") !== "LOCAL") return [];
    const same = textsAt(props, "sourceDatasets").filter((source) => poolOf(source) === poolOf(target));
    return same.map((source) => `copies ${source} to ${target} and must leave the pool ${poolOf(source)}`);
  },
};
