import { isWithin } from "../classification/data.ts";
import { textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";

/** A copy inside its source is copied again by the next run. */
export const replicationLeavesItsSource: Rule = {
  name: "replication-leaves-its-source",
  description: "A replication must not target the tree that it copies.",
  source: "D2 Local backups, ADR-0017",
  remedy: "name a target that is neither above nor below the source",
  severity: "high",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge({ props }) {
    const target = textAt(props, "targetDataset") ?? "";
    if (textAt(props, "transport") !== "LOCAL") return [];
    const nested = textsAt(props, "sourceDatasets").filter(
      (source) => isWithin(target, source) || isWithin(source, target),
    );
    return nested.map((source) => `copies ${source} to ${target} and must leave that tree`);
  },
};
