import type { ApplianceState } from "../state/appliance-state.ts";
import type { PoolRow, ScrubTaskRow } from "../state/rows.ts";

const DEFAULT_THRESHOLD_DAYS = 35;

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

const SCRUB_BYTES_PER_MS = 500_000;

/** Scrubs a pool; the time it takes follows its used space. */
export function scrubNow(state: ApplianceState, pool: PoolRow, at: number): void {
  const used = state.datasets
    .values()
    .reduce((sum, row) => (row.id.split("/", 1)[0] === pool.name ? sum + row.bytes : sum), 0);
  state.pools.put(pool.id, { ...pool, scan: { start: at, end: at + Math.ceil(used / SCRUB_BYTES_PER_MS) } });
}
