import type { ApplianceState } from "../state/appliance-state.ts";
import type { PoolRow, ScrubTaskRow } from "../state/rows.ts";
import { usage } from "./space.ts";

/** Days that must have passed since the last scrub unless the task says otherwise. */
export const DEFAULT_THRESHOLD_DAYS = 35;

const DAY_MS = 86_400_000;
const SCRUB_BYTES_PER_MS = 500_000;

/** The scrub that every new pool gets: Sundays at midnight, at most once in 35 days. */
export function addScrubRow(state: ApplianceState, pool: number): ScrubTaskRow {
  const id = state.next("scrub");
  return state.scrubTasks.put(id, {
    id,
    pool,
    threshold: DEFAULT_THRESHOLD_DAYS,
    description: "",
    schedule: { minute: "00", hour: "00", dom: "*", month: "*", dow: "7" },
    enabled: true,
  });
}

/** Scrubs a pool; the time it takes follows its used space. */
export function scrubNow(state: ApplianceState, pool: PoolRow, at: number): void {
  const root = state.datasets.get(pool.name);
  const used = root === undefined ? 0 : usage(state, root).total;
  state.pools.put(pool.id, { ...pool, scan: { start: at, end: at + Math.ceil(used / SCRUB_BYTES_PER_MS) } });
}

/**
 * Scrubs a pool unless it was created or scrubbed too lately. The middleware allows a day less than the threshold
 * says, so on a weekly schedule 8 still scrubs every week and 9 every other.
 */
export function scrubIfDue(state: ApplianceState, pool: PoolRow, thresholdDays: number, at: number): boolean {
  const last = pool.scan?.start ?? pool.createdAt;
  if (at - last < (thresholdDays - 1) * DAY_MS) return false;
  scrubNow(state, pool, at);
  return true;
}
