import type { DatasetPlan, Gap } from "../../src/site/index.ts";
import type { LiveAppliance } from "./live.ts";

/** What `npm run plan --json` writes; times in seconds, null where nothing brings the data back. */
export interface PlanReport {
  readonly version: 1;
  readonly stack: string;
  /** Whether every obligation of every class is met, or waived today, and whatever was asked has answered. */
  readonly ok: boolean;
  readonly datasets: readonly DatasetPlan[];
  /** With `--live` only: what the next `up` would do to snapshots that are there. */
  readonly live?: readonly LiveAppliance[];
}

/** A plan as a report, judged on a day written as `YYYY-MM-DD`. */
export function planReport(
  stack: string,
  datasets: readonly DatasetPlan[],
  today: string,
  live?: readonly LiveAppliance[],
): PlanReport {
  const unmet = datasets.flatMap(({ gaps }) => gaps).some((gap) => isUnmet(gap, today));
  const silent = live?.some(({ unreached }) => unreached !== undefined) ?? false;
  return { version: 1, stack, ok: !unmet && !silent, datasets, ...(live === undefined ? {} : { live }) };
}

/** Whether a gap leaves an obligation unmet that nobody has waived for today. */
export function isUnmet({ obligation, waiver }: Gap, today: string): boolean {
  return obligation && (waiver === undefined || waiver.until < today);
}
