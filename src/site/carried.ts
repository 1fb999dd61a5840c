import { hoursOf, type Lifetime } from "./lifetimes.ts";
import type { Schedule } from "./schedules.ts";
import type { Replication, Site } from "./site.ts";
import { covers, type TaskAt, tasksOf } from "./snapshot-tasks.ts";
import { isWithin } from "./walk.ts";

/** A snapshot task whose snapshots a replication carries. */
export interface CarriedTask {
  /** The dataset that the task starts from, pool first. */
  readonly dataset: string;
  readonly tier: string;
  readonly namingSchema: string;
  readonly schedule: Schedule;
  /** How long its snapshots are kept at the target. */
  readonly kept: Lifetime;
}

/** What of a replication decides which snapshots it carries. */
type Carried = Pick<Replication, "source" | "recursive"> & { readonly tier?: string | undefined };

/** A copy is asked for later than a snapshot: nobody misses a file within hours. */
const LEAST_AT_TARGET: Lifetime = { value: 14, unit: "DAY" };

/** The snapshot tasks that a ZFS replication is bound to: those of its tier that cover its source, or all of them. */
export function carriedTasks(site: Site, replication: Replication): CarriedTask[] {
  return boundTasks(site, replication).flatMap(({ pool, name, spec: { tier } }) => {
    const rhythm = site.snapshotTiers[tier];
    if (rhythm === undefined) return [];
    const { namingSchema, schedule, lifetime } = rhythm;
    const kept = replication.lifetime ?? longer(lifetime, LEAST_AT_TARGET);

    return [{ dataset: `${pool}/${name}`, tier, namingSchema, schedule, kept }];
  });
}

/** What a ZFS replication leaves out, pool first: what the site says, and what its snapshot tasks leave out below it. */
export function leftOut(site: Site, replication: Replication): string[] {
  if (!replication.recursive) return [];
  const { pool, name } = sourceOf(replication);
  const unseen = boundTasks(site, replication).flatMap(({ spec }) => spec.exclude);
  const below = [...replication.exclude, ...unseen].filter((left) => left !== name && isWithin(left, name));

  return [...new Set(below)].sort().map((left) => `${pool}/${left}`);
}

/** The snapshot tasks of the tier that cover a replication's source, with everything below where it goes along. */
export function boundTasks(site: Site, replication: Carried): TaskAt[] {
  const { source, tier, recursive } = replication;
  const { pool, name } = sourceOf(replication);

  return tasksOf(site)
    .filter((task) => task.appliance === source.appliance && task.pool === pool && covers(task, name))
    .filter(({ spec }) => (tier === undefined || spec.tier === tier) && (spec.recursive || !recursive));
}

function sourceOf({ source }: Carried): { pool: string; name: string } {
  const [pool = "", ...below] = source.dataset.split("/");
  return { pool, name: below.join("/") };
}

function longer(one: Lifetime, other: Lifetime): Lifetime {
  return hoursOf(one) >= hoursOf(other) ? one : other;
}
