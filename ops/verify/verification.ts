import type { Evidence, Site } from "../../src/site/index.ts";
import type { DeclaredStack } from "../declared/stack.ts";
import { EVIDENCE_DIR, readEvidence } from "../evidence-files.ts";
import type { Way } from "../way.ts";
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
export async function verify(
  declared: DeclaredStack,
  way: Way,
  evidence: string = EVIDENCE_DIR,
): Promise<Verification> {
  const { stack, site } = declared;
  const started = performance.now();
  const subject = {
    stack,
    site,
    appliances: await gather(declared, way),
    evidence: allEvidence(evidence, stack, site),
  };
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

function allEvidence(folder: string, stack: string, site: Site): ReadonlyMap<string, Evidence | Error> {
  const entries = Object.keys(site.restoreTests).flatMap((test): [string, Evidence | Error][] => {
    try {
      const evidence = readEvidence(folder, stack, test);
      return evidence ? [[test, evidence]] : [];
    } catch (error) {
      return [[test, error as Error]];
    }
  });

  return new Map(entries);
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
