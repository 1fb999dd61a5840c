import { type Evidence, hoursOf, type RestoreTestSpec } from "../../../src/site/index.ts";
import { formatSeconds } from "../ages.ts";
import type { Check, Subject } from "../check.ts";
import type { Finding } from "../finding.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Restores were tried lately, and worked. */
export const restoreTestsAreRecent: Check = {
  name: "restore-test-is-recent",
  doc: "Every restore test has evidence of success within its interval; a first one is due by the day that the site names.",
  find: (subject) => Object.entries(subject.site.restoreTests).map(([name, spec]) => judged(subject, name, spec)),
};

function judged({ stack, appliances, evidence }: Subject, name: string, spec: RestoreTestSpec): Finding {
  const about = { appliance: spec.source.appliance, subject: name };
  const remedy = `npm run drill -- --stack ${stack} --test ${name}`;
  const seen = appliances.find((watched) => watched.name === spec.source.appliance)?.sight;
  const now = seen?.now ?? Date.now();
  const last = evidence.get(name);
  if (last === undefined) return neverPerformed(about, spec.firstBy, now, remedy);
  if (last instanceof Error) return { ...about, status: "failed", found: last.message, remedy };
  const age = Math.max(0, now - Date.parse(last.performedAt));
  const allowed = hoursOf(spec.every) * HOUR_MS;
  const expected = `a success within ${formatSeconds(allowed / 1000)}`;
  const told = { ...about, expected, measures: measuresOf(name, last, age, allowed) };
  if (last.result === "failed")
    return { ...told, status: "failed", found: `failed: ${last.reason ?? "no reason"}`, remedy };
  const found = `success of ${formatSeconds(age / 1000)} ago`;

  return age <= allowed ? { ...told, status: "passed", found } : { ...told, status: "failed", found, remedy };
}

function neverPerformed(
  about: { appliance: string; subject: string },
  firstBy: string | undefined,
  now: number,
  remedy: string,
): Finding {
  if (firstBy === undefined)
    return { ...about, status: "failed", found: "never performed", expected: "a success", remedy };
  const late = now >= Date.parse(firstBy) + DAY_MS;

  return { ...about, status: late ? "failed" : "noted", found: `not performed yet, due by ${firstBy}`, remedy };
}

function measuresOf(test: string, { ageSeconds, seconds }: Evidence, age: number, allowed: number) {
  const labels = { test };

  return [
    { metric: "restore_test_age_seconds", value: age / 1000, labels },
    { metric: "restore_test_age_limit_seconds", value: allowed / 1000, labels },
    { metric: "restore_test_duration_seconds", value: seconds, labels },
    ...(ageSeconds === undefined ? [] : [{ metric: "restore_test_state_age_seconds", value: ageSeconds, labels }]),
  ];
}
