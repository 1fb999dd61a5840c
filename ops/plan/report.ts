import type { DatasetPlan, Gap } from "../../src/site/index.ts";

/** What `npm run plan --json` writes; times in seconds, null where nothing brings the data back. */
export interface PlanReport {
  readonly version: 1;
  readonly stack: string;
  /** Whether every obligation of every class is met, or waived today. */
  readonly ok: boolean;
  readonly datasets: readonly DatasetPlan[];
}

/** A plan as a report, judged on a day written as `YYYY-MM-DD`. */
export function planReport(stack: string, datasets: readonly DatasetPlan[], today: string): PlanReport {
  const unmet = datasets.flatMap(({ gaps }) => gaps).filter((gap) => isUnmet(gap, today));
  return { version: 1, stack, ok: unmet.length === 0, datasets };
}

/** Whether a gap leaves an obligation unmet that nobody has waived for today. */
export function isUnmet({ obligation, waiver }: Gap, today: string): boolean {
  return obligation && (waiver === undefined || waiver.until < today);
}
