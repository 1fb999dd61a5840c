import type { AlertSource } from "./alert-source.ts";
import { iscsiPortals } from "./sources/iscsi.ts";
import { poolCapacity, poolStatus, scrubPaused } from "./sources/pools.ts";
import { quotas } from "./sources/quotas.ts";
import { failedDisks, smartd } from "./sources/smart.ts";
import { snapshotCounts } from "./sources/snapshots.ts";
import { taskOutcomes } from "./sources/tasks.ts";

/** Every source, in the order in which they look. */
export const SOURCES: readonly AlertSource[] = [
  poolCapacity,
  quotas,
  poolStatus,
  scrubPaused,
  snapshotCounts,
  taskOutcomes,
  failedDisks,
  smartd,
  iscsiPortals,
];
