import { dataAt } from "../classification/data.ts";
import { listAt, textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";
import { inWords } from "./intervals.ts";
import { keptFor, snapshotTasksOver } from "./snapshots.ts";

/** A mistake found late is undone from the copy, if it still has the snapshot. */
export const copiesAreKeptAsLong: Rule = {
  name: "copies-are-kept-as-long",
  description: "A copy's snapshots must not be removed earlier than those of its source.",
  source: "D4 Tier 2, ADR-0008",
  remedy: "keep the copy at least as long, or as the source does",
  severity: "high",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge(task, stack) {
    const { props, home } = task;
    if (textAt(props, "retentionPolicy") !== "CUSTOM") return [];
    const kept = Math.max(keptFor(props), ...listAt(props, "lifetimes").map(keptFor));
    const data = textsAt(props, "sourceDatasets").flatMap((path) => dataAt(path, home, stack) ?? []);
    const longest = Math.max(
      0,
      ...data.flatMap((source) => snapshotTasksOver(source, stack)).map(({ props }) => keptFor(props)),
    );
    if (kept >= longest) return [];
    return [
      `keeps copies for ${inWords(kept)} and must keep them for at least ${inWords(longest)}, as its source does`,
    ];
  },
};
