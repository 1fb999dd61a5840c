import { isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { copiesOf } from "./copies.ts";
import { snapshotTasksOver } from "./snapshots.ts";

/** Space and time spent on what may be lost is taken from what may not. */
export const disposableDataIsNeverBackedUp: Rule = {
  name: "disposable-data-is-never-backed-up",
  description: "Disposable data must have neither snapshots nor copies.",
  source: "D1 §3",
  remedy: "exclude it from the task that covers it, or class it for what it is",
  severity: "medium",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "disposable")) return [];
    const tasks = [...snapshotTasksOver(data, stack), ...copiesOf(data, stack).map(({ carrier }) => carrier)];
    if (tasks.length === 0) return [];
    return [`is disposable and must not be kept by ${tasks.map(({ name }) => name).join(", ")}`];
  },
};
