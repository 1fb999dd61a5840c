import { hoursOf } from "../lifetimes.ts";
import type { Site } from "../site.ts";
import { covers, type TaskAt, tasksOf } from "../snapshot-tasks.ts";
import { isWithin } from "../walk.ts";
import type { SnapshotPlan } from "./dataset-plan.ts";
import { longestGap } from "./firings.ts";
import type { Volume } from "./volumes.ts";

/** The snapshot tasks of a site, and what each of them does for some data. */
export class SnapshotTasks {
  readonly #site: Site;
  readonly #tasks: readonly TaskAt[];

  constructor(site: Site) {
    this.#site = site;
    this.#tasks = tasksOf(site);
  }

  /** The snapshots that some data gets, the most frequent first. */
  over(volume: Volume): SnapshotPlan[] {
    return this.#near(volume)
      .filter((task) => covers(task, nameOf(volume)) && (volume.made === undefined || task.spec.recursive))
      .flatMap((task) => this.#planned(task))
      .sort((one, other) => one.everySeconds - other.everySeconds);
  }

  /** The tasks that would take its snapshots, but leave it out. */
  excluding(volume: Volume): string[] {
    return this.#near(volume)
      .filter(({ spec }) => spec.recursive && spec.exclude.some((left) => isWithin(nameOf(volume), left)))
      .map(pathOf);
  }

  /** The tasks that take snapshots of it, but not of the volumes made below, in which its data lies. */
  missingMade(volume: Volume): string[] {
    if (volume.made === undefined) return [];
    return this.#near(volume)
      .filter((task) => covers(task, nameOf(volume)) && !task.spec.recursive)
      .map(pathOf);
  }

  #near(volume: Volume): TaskAt[] {
    return this.#tasks.filter(
      ({ appliance, pool, name }) =>
        appliance === volume.appliance && pool === volume.pool && isWithin(nameOf(volume), name),
    );
  }

  #planned(task: TaskAt): SnapshotPlan[] {
    const { tier } = task.spec;
    const spec = this.#site.snapshotTiers[tier];
    if (spec === undefined) return [];
    return [
      {
        tier,
        task: pathOf(task),
        everySeconds: longestGap(spec.schedule),
        keptSeconds: hoursOf(spec.lifetime) * 3600,
        namingSchema: spec.namingSchema,
      },
    ];
  }
}

function nameOf({ pool, path }: Volume): string {
  return path.slice(pool.length + 1);
}

function pathOf({ pool, name }: TaskAt): string {
  return `${pool}/${name}`;
}
