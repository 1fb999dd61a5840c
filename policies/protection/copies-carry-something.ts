import { dataAt, isOf, isWithin, pathOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { flagAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { REPLICATION_TASK, STORED_DATA } from "../tokens.ts";

/** A container holds nothing itself, so a copy of it alone is an empty dataset that looks like a backup. */
export const copiesCarrySomething: Rule = {
  name: "copies-carry-something",
  description: "A replication of a container must take along what lies below it.",
  source: "D4 Tier 2, ADR-0042",
  remedy: "say `recursive: true`, exclude less, or replicate the datasets below one by one",
  severity: "high",
  weight: "always",
  judges: [REPLICATION_TASK],
  judge(task, stack) {
    const { props, home } = task;
    return textsAt(props, "sourceDatasets")
      .filter((path) => isOf(dataAt(path, home, stack), "container"))
      .filter((path) => !flagAt(props, "recursive") || leavesAllOut(path, task, stack))
      .map((path) => `copies ${path} without anything below it and must carry data`);
  },
};

function leavesAllOut(path: string, { props, home }: Judged, stack: Stack): boolean {
  const excluded = textsAt(props, "exclude");
  const below = stack
    .known(STORED_DATA, (data) => data.home === home && isWithin(pathOf(data), path))
    .map(pathOf)
    .filter((name) => name !== path);
  return below.length > 0 && below.every((name) => excluded.some((left) => isWithin(name, left)));
}
