import { isWithin, lineage, madeBelow, pathOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { flagAt, numberAt, textAt, textsAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { SNAPSHOT_TASK } from "../tokens.ts";

const HOURS: Readonly<Record<string, number>> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 30 * 24, YEAR: 365 * 24 };

/** The enabled snapshot tasks that cover a dataset or zvol: its own, and recursive ones above that leave it in. */
export function snapshotTasksOver(data: Judged, stack: Stack): Judged[] {
  const path = pathOf(data);
  const made = madeBelow(data, stack) !== undefined;
  return lineage(path)
    .flatMap((above) => stack.where(SNAPSHOT_TASK, data.home, "dataset", above))
    .filter(({ props }) => props["enabled"] !== false)
    .filter(({ props }) => (textAt(props, "dataset") === path && !made) || flagAt(props, "recursive"))
    .filter(({ props }) => !textsAt(props, "exclude").some((excluded) => isWithin(path, excluded)));
}

/** How long something is kept by the `lifetimeValue` and `lifetimeUnit` of a task, in seconds. */
export function keptFor(task: unknown): number {
  const hours = HOURS[textAt(task, "lifetimeUnit") ?? "WEEK"] ?? 0;
  return (numberAt(task, "lifetimeValue") ?? 2) * hours * 3600;
}
