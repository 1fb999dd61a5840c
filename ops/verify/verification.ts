import type { Site } from "../../src/site/index.ts";
import type { Way } from "../address.ts";
import type { Check } from "./check.ts";
import type { Finding, Status } from "./finding.ts";
import { gather } from "./gather.ts";
import { CHECKS } from "./table.ts";

/** One verdict with the check that gave it. */
export interface Verdict extends Finding {
  readonly check: string;
}

/** How often each status was given. */
export type Counts = Readonly<Record<Status, number>>;

/** The outcome of the playbook, version 1 of its JSON. */
export interface Verification {
  readonly version: 1;
  readonly stack: string;
  readonly site: string;
  /** When it was done, ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  readonly ok: boolean;
  readonly counts: Counts;
  readonly verdicts: readonly Verdict[];
}

/** Works through the playbook: looks at every appliance, then judges what was seen. */
export async function verify(stack: string, site: Site, way: Way): Promise<Verification> {
  const started = performance.now();
  const subject = { site, appliances: await gather(site, way) };
  const verdicts = CHECKS.flatMap((check) => judge(check, subject));
  const counts = countsOf(verdicts);
  const seconds = Math.round(performance.now() - started) / 1000;

  return {
    version: 1,
    stack,
    site: site.name,
    at: new Date().toISOString(),
    seconds,
    ok: counts.failed === 0,
    counts,
    verdicts,
  };
}

function judge(check: Check, subject: Parameters<Check["find"]>[0]): readonly Verdict[] {
  return check.find(subject).map((finding) => ({ check: check.name, ...finding }));
}

/** How often each status was given. */
export function countsOf(findings: readonly Finding[]): Counts {
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;

  return {
    passed: count("passed"),
    failed: count("failed"),
    waiting: count("waiting"),
    noted: count("noted"),
    skipped: count("skipped"),
  };
}
