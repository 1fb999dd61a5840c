import { canCoincide } from "../naming-schemas.ts";
import { formatPath, type PathPart } from "../problem.ts";
import type { Site, SnapshotSpec } from "../site.ts";
import { datasetsOf, isWithin, zvolsOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { pairsOf } from "./repeated.ts";

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

/** No dataset gets snapshots of two tasks that may bear one name: retention would follow the wrong task. */
export const snapshotNamesDiffer: Check = {
  rule: "snapshot-names-differ",
  find: ({ site }) =>
    pairsOf(tasksOf(site)).flatMap(([first, again]) => {
      const shared = sharedDataset(first, again);
      const [one, other] = [site.snapshotTiers[first.spec.tier], site.snapshotTiers[again.spec.tier]];
      if (shared === undefined || one === undefined || other === undefined) return [];
      if (!canCoincide(one.namingSchema, other.namingSchema)) return [];

      const says = `${shared} gets snapshots named like those of ${formatPath(first.path)}`;
      const remedy =
        first.spec.tier === again.spec.tier
          ? "take one of the two out, or exclude the dataset from the recursive one"
          : `give ${again.spec.tier} a naming schema of its own`;
      return [{ path: again.path, says, allowed: "names that no other task on the dataset can give", remedy }];
    }),
};

function sharedDataset(one: TaskAt, other: TaskAt): string | undefined {
  if (one.appliance !== other.appliance || one.pool !== other.pool) return undefined;
  if (covers(one, other.name)) return other.name;
  return covers(other, one.name) ? one.name : undefined;
}

/** What a task leaves out lies below it, exists, and would otherwise be included. */
export const snapshotExcludes: Check = {
  rule: "snapshot-excludes",
  find: ({ site, written }) =>
    tasksOf(site).flatMap(({ appliance, pool, name, spec, path: top }) =>
      spec.exclude.flatMap((left, at) => {
        const path = [...top, "exclude", at];
        const allowed = `a dataset below ${name}, in a recursive task`;
        if (!spec.recursive) {
          return [
            { path, says: "the task is not recursive", allowed, remedy: "add recursive: true, or leave exclude out" },
          ];
        }
        const holder = ["appliances", appliance, "pools", pool];
        const exists = written.declares(...holder, "datasets", left) || written.declares(...holder, "zvols", left);
        if (left !== name && isWithin(left, name) && exists) return [];

        const says = exists ? `${left} does not lie below ${name}` : `there is no dataset "${left}" in ${pool}`;
        return [{ path, says, allowed, remedy: "write its path in the pool, without the pool's name" }];
      }),
    ),
};
