import type { Status } from "../finding.ts";
import type { Verdict } from "../verification.ts";

/** What people are told of, the worst first; what is in order is only counted. */
const TOLD: readonly Status[] = ["failed", "skipped", "waiting", "noted"];

/** Verdicts that people are told of one by one, failures first. */
export function toldInOrder(verdicts: readonly Verdict[]): readonly Verdict[] {
  return TOLD.flatMap((status) => verdicts.filter((verdict) => verdict.status === status));
}

/** What a verdict is about, with the appliance where it has one. */
export function placeOf({ appliance, subject }: Verdict): string {
  return appliance && appliance !== subject ? `${appliance} ${subject}` : subject;
}
