import type { PathPart } from "./problem.ts";
import type { Site, SnapshotSpec } from "./site.ts";
import { datasetsOf, isWithin, zvolsOf } from "./walk.ts";

/** A snapshot task and the place that it starts from. */
export interface TaskAt {
  readonly appliance: string;
  readonly pool: string;
  /** Where it starts, below the pool. */
  readonly name: string;
  readonly spec: SnapshotSpec;
  readonly path: readonly PathPart[];
}

/** Every snapshot task of a site. */
export function tasksOf(site: Site): TaskAt[] {
  return [...datasetsOf(site), ...zvolsOf(site)].flatMap(({ appliance, pool, name, spec, path }) =>
    spec.snapshots.map((snapshot, at) => ({ appliance, pool, name, spec: snapshot, path: [...path, "snapshots", at] })),
  );
}

/** Whether a task takes snapshots of a dataset of its own pool. */
export function covers({ name, spec }: TaskAt, dataset: string): boolean {
  if (dataset === name) return true;
  return spec.recursive && isWithin(dataset, name) && !spec.exclude.some((left) => isWithin(dataset, left));
}
