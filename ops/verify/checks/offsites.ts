import type { Offsite, Site } from "../../../src/site/index.ts";
import { allowedAge, judgeAge } from "../ages.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { JobSeen } from "../copies-seen.ts";
import { type Finding, noSuchTask } from "../finding.ts";
import { remedyFor } from "../what-stopped-it.ts";

const REMEDY = "see the task under Data Protection in TrueNAS; its log says what stopped it";

/** Copies outside the house keep up with their source. */
export const offsiteCopiesAreRecent: Check = {
  name: "offsite-copy-is-recent",
  doc: "The newest state of every copy outside the house that an appliance makes is no older than its interval and the grace; the last run did not fail.",
  find: (subject) =>
    seenIn(subject).flatMap((seen) =>
      Object.entries(subject.site.offsites)
        .filter(([, { source, method }]) => source.appliance === seen.name && method !== "client")
        .flatMap(([name, offsite]) => judged(seen, name, offsite, subject.site)),
    ),
};

interface CopySeen {
  readonly job?: JobSeen;
  readonly newest?: number;
  readonly problem?: string;
}

function judged(seen: Seen, name: string, offsite: Offsite, site: Site): readonly Finding[] {
  const about = { appliance: seen.name, subject: name };
  const copy = seenCopy(seen, offsite);
  if (!copy) return [noSuchTask(about)];
  const broken = (found: string, expected: string, reason: string | undefined): Finding => ({
    ...about,
    status: "failed",
    found,
    expected,
    remedy: remedyFor(reason, REMEDY),
  });
  if (copy.problem) return [broken(copy.problem, "a repository that can be read", copy.problem)];
  const { job } = copy;
  const failed = job && ["FAILED", "ABORTED"].includes(job.state);
  const run = failed
    ? [broken(`${job.state}: ${job.error ?? "no reason given"}`, "a run without error", job.error)]
    : [];

  return [
    ...run,
    judgeAge({
      ...about,
      what: "state",
      now: seen.sight.now,
      youngest: copy.newest,
      since: seen.sight.datasets.get(offsite.source.dataset)?.createdAt,
      allowed: allowedAge(offsite.schedule, site.monitoring.grace.offsite),
      remedy: REMEDY,
      metric: "offsite",
      labels: { offsite: name },
    }),
  ];
}

/** A repository tells of its own states; of files that are brought away one by one only the last run is known. */
function seenCopy({ sight }: Seen, { method, source, bucket }: Offsite): CopySeen | undefined {
  const path = `/mnt/${source.dataset}`;
  if (method === "restic")
    return sight.copies.repositories.find((seen) => seen.path === path && seen.bucket === bucket);
  const sync = sight.copies.syncs.find((seen) => seen.path === path);
  const { job } = sync ?? {};

  return sync && { ...sync, ...(job?.state === "SUCCESS" && job.finishedAt ? { newest: job.finishedAt } : {}) };
}
