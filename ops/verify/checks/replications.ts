import { type CarriedTask, carriedTasks, type Replication, type Site } from "../../../src/site/index.ts";
import { allowedAge, judgeAge } from "../ages.ts";
import { type Check, type Subject, seenIn } from "../check.ts";
import type { ReplicationSeen } from "../copies-seen.ts";
import { type Finding, noSuchTask } from "../finding.ts";
import type { Sight } from "../sight.ts";
import { SnapshotTimes } from "../snapshot-times.ts";
import { remedyFor } from "../what-stopped-it.ts";

const REMEDY = "see the replication task in TrueNAS; its log says what stopped it";

/** Copies inside the house keep up with their source. */
export const replicationsAreRecent: Check = {
  name: "replication-is-recent",
  doc: "The newest snapshot of every tier that a replication carries is at the target, no older than its interval and the grace; the last run did not fail.",
  find: (subject) =>
    Object.entries(subject.site.replications)
      .filter(([, { method, target }]) => method === "zfs" && target.dataset !== undefined)
      .flatMap(([name, replication]) => judged(subject, name, replication)),
};

function judged(subject: Subject, name: string, replication: Replication): readonly Finding[] {
  const { source, target } = replication;
  const sender = seenIn(subject).find((seen) => seen.name === source.appliance);
  const receiver = subject.appliances.find((watched) => watched.name === target.appliance);
  const about = { appliance: source.appliance, subject: name };
  if (receiver?.absence?.kind === "waiting") return [{ ...about, status: "waiting", found: receiver.absence.reason }];
  if (!sender) return [{ ...about, status: "skipped", found: `${source.appliance} was not looked at` }];
  const run = sender.sight.copies.replications.find(
    ({ sources, target: at }) => sources.includes(source.dataset) && at === target.dataset,
  );

  return [
    ...lastRun(about, run),
    ...carriedTasks(subject.site, replication).map((task) =>
      age(subject.site, { about, replication, task, run, sender: sender.sight, receiver: receiver?.sight }),
    ),
  ];
}

/** What the task itself says of its last run. */
function lastRun(about: { appliance: string; subject: string }, run: ReplicationSeen | undefined): readonly Finding[] {
  if (!run) return [noSuchTask(about)];
  const found = `${run.state}${run.reason ? `: ${run.reason}` : ""}`;
  if (run.state === "ERROR")
    return [
      { ...about, status: "failed", found, expected: "a run without error", remedy: remedyFor(run.reason, REMEDY) },
    ];

  return run.state === "HOLD" ? [{ ...about, status: "noted", found }] : [];
}

interface Carried {
  readonly about: { readonly appliance: string; readonly subject: string };
  readonly replication: Replication;
  readonly task: CarriedTask;
  readonly run: ReplicationSeen | undefined;
  readonly sender: Sight;
  /** The receiving appliance, where it was looked at: what lies there says more than what was sent. */
  readonly receiver: Sight | undefined;
}

function age(site: Site, { about, replication, task, run, sender, receiver }: Carried): Finding {
  const { source, target, schedule } = replication;
  const there = receiver?.snapshots.get(target.dataset ?? "");
  const sent = run?.lastSnapshot?.split("@")[1];
  const times = new SnapshotTimes(task.namingSchema, sender.zone);

  return judgeAge({
    ...about,
    subject: `${about.subject} ${task.tier}`,
    what: receiver ? "copy" : "copy, as far as its source knows,",
    now: sender.now,
    youngest: receiver ? times.youngest(there ?? []) : times.youngest(sent === undefined ? [] : [sent]),
    since: sender.datasets.get(source.dataset)?.createdAt,
    allowed: allowedAge(schedule ?? task.schedule, site.monitoring.grace.replication),
    remedy: REMEDY,
    metric: "replication",
    labels: { replication: about.subject, tier: task.tier },
  });
}
