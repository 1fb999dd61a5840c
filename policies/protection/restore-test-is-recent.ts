import { at, numberAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { RESTORE_TEST } from "../tokens.ts";

const DAY_MS = 86_400_000;

/** Evidence grows stale: what could be restored in spring may be lost in autumn. */
export const restoreTestIsRecent: Rule = {
  name: "restore-test-is-recent",
  description: "A restore test must have been performed within its interval, and have succeeded.",
  source: 'D4 "Quarterly restore tests", ADR-0043',
  remedy: "perform it: npm run drill -- --stack STACK --test TEST, and commit its evidence",
  severity: "high",
  weight: "by-phase",
  judges: [RESTORE_TEST],
  judge({ props }, { today }) {
    const performed = textAt(props, "evidence", "performedAt")?.slice(0, 10);
    if (performed === undefined) return neverPerformed(textAt(props, "firstBy"), today);
    if (at(props, "evidence", "result") !== "passed") {
      return [
        `failed on ${performed} (${textAt(props, "evidence", "reason") ?? "no reason is recorded"}) and must succeed`,
      ];
    }
    const everyDays = numberAt(props, "everyDays") ?? 0;
    const due = dayAfter(performed, everyDays);

    return due < today ? [`was last performed on ${performed} and must be repeated every ${everyDays} days`] : [];
  },
};

function neverPerformed(firstBy: string | undefined, today: string): readonly string[] {
  if (firstBy === undefined) return ["was never performed and must be"];

  return firstBy < today ? [`was never performed and must have been by ${firstBy}`] : [];
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
