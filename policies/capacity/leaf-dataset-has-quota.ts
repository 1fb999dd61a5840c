import { ancestorsOf, isCopy, lineage, pathOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { DATASET, REPLICATION_TASK, ZVOL } from "../tokens.ts";
import { ceilingOf } from "./promises.ts";

/** Without a ceiling one dataset can fill the pool for all. */
export const leafDatasetHasQuota: Rule = {
  name: "leaf-dataset-has-quota",
  description: "Each leaf dataset must have a quota or lie below one; what receives replications needs none.",
  source: "D4 Capacity Planning, ADR-0003",
  remedy: "give it a `quota`, or one to a dataset above",
  severity: "medium",
  weight: "always",
  judges: [DATASET],
  judge(dataset, stack) {
    const path = pathOf(dataset);
    if (isCopy(dataset) || stack.once(parents).has(key(dataset, path))) return [];
    const line = [dataset, ...ancestorsOf(path, dataset.home, stack)];
    if (line.some((above) => ceilingOf(above) !== undefined)) return [];
    if (lineage(path).some((above) => stack.where(REPLICATION_TASK, dataset.home, "targetDataset", above).length > 0))
      return [];
    return ["must have a quota, or lie below a dataset that has one"];
  },
};

/** Where something lies below. */
function parents(stack: Stack): ReadonlySet<string> {
  const named = stack.known([DATASET, ZVOL], ({ props }) => textAt(props, "name") !== undefined);
  return new Set(
    named.flatMap((data) =>
      lineage(pathOf(data))
        .slice(1)
        .map((above) => key(data, above)),
    ),
  );
}

function key({ home }: Judged, path: string): string {
  return `${home} ${path}`;
}
