import type { Schedule, Site } from "../../../src/site/index.ts";
import { ofKind } from "../../declared/stack.ts";
import { allowedAge, judgeAge } from "../ages.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";
import { dateOf } from "../rows.ts";

interface ScrubInputs {
  readonly pool: string;
  readonly schedule: Schedule;
}

interface Scan {
  readonly function?: unknown;
  readonly state?: unknown;
  readonly end_time?: unknown;
  readonly start_time?: unknown;
}

/** Every pool was verified lately. */
export const scrubsAreRecent: Check = {
  name: "scrub-is-recent",
  doc: "The last scrub of every pool is no older than the longest gap of its schedule and the grace for scrubs.",
  find: (subject) => seenIn(subject).flatMap((seen) => scrubsOf(seen, subject.site)),
};

function scrubsOf({ name, declared, sight }: Seen, site: Site): readonly Finding[] {
  return ofKind<ScrubInputs>(declared, "ScrubTask").map(({ inputs: { pool, schedule } }) => {
    const scan = sight.pools.find((row) => row["name"] === pool)?.["scan"] as Scan | null | undefined;
    const scrubbed = scan?.function === "SCRUB";
    return judgeAge({
      appliance: name,
      subject: pool,
      what: "scrub",
      now: sight.now,
      youngest: scrubbed ? (dateOf(scan.end_time) ?? dateOf(scan.start_time)) : undefined,
      since: sight.datasets.get(pool)?.createdAt,
      allowed: allowedAge(schedule, site.monitoring.grace.scrub),
      remedy: `see why the scrub task of ${pool} did not run, or start a scrub in TrueNAS`,
      metric: "scrub",
      labels: { pool },
    });
  });
}
