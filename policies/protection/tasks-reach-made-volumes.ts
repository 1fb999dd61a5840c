import { dataAt, madeBelow } from "../classification/data.ts";
import { flagAt, textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { REPLICATION_TASK, SNAPSHOT_TASK } from "../tokens.ts";

/** Volumes that a cluster's driver makes are datasets of their own; the one above them is empty. */
export const tasksReachMadeVolumes: Rule = {
  name: "tasks-reach-made-volumes",
  description: "A task on a dataset below which a driver makes volumes must be recursive.",
  source: "D4 §3, ADR-0018, ADR-0042",
  remedy: "say `recursive: true` on it",
  severity: "high",
  weight: "always",
  judges: [SNAPSHOT_TASK, REPLICATION_TASK],
  judge(task, stack) {
    const { props, home } = task;
    if (flagAt(props, "recursive")) return [];
    return [textAt(props, "dataset") ?? [], textsAt(props, "sourceDatasets")]
      .flat()
      .filter((path) => {
        const data = dataAt(path, home, stack);
        return data !== undefined && madeBelow(data, stack) !== undefined;
      })
      .map((path) => `leaves out the volumes made below ${path} and must be recursive`);
  },
};
