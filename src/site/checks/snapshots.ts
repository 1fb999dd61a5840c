import { canCoincide } from "../naming-schemas.ts";
import { type Finding, formatPath } from "../problem.ts";
import type { SnapshotSpec } from "../site.ts";
import { covers, type TaskAt, tasksOf } from "../snapshot-tasks.ts";
import { isWithin } from "../walk.ts";
import type { Written } from "../written.ts";
import type { Check } from "./check.ts";
import { pairsOf } from "./repeated.ts";

/** What goes down a tree and leaves some of it out. */
type Excluding = Pick<SnapshotSpec, "recursive" | "exclude">;

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
  find: ({ site, written }) => tasksOf(site).flatMap((task) => wrongExcludes(task, "task", written)),
};

/** What something recursive leaves out without need, or without its being there. */
export function wrongExcludes(
  { appliance, pool, name, spec, path: top }: Omit<TaskAt, "spec"> & { readonly spec: Excluding },
  noun: string,
  written: Written,
): Finding[] {
  return spec.exclude.flatMap((left, at) => {
    const path = [...top, "exclude", at];
    const allowed = `a dataset below ${name}, in a recursive ${noun}`;
    if (!spec.recursive) {
      return [
        { path, says: `the ${noun} is not recursive`, allowed, remedy: "add recursive: true, or leave exclude out" },
      ];
    }
    const holder = ["appliances", appliance, "pools", pool];
    const exists = written.declares(...holder, "datasets", left) || written.declares(...holder, "zvols", left);
    if (left !== name && isWithin(left, name) && exists) return [];

    const says = exists ? `${left} does not lie below ${name}` : `there is no dataset "${left}" in ${pool}`;
    return [{ path, says, allowed, remedy: "write its path in the pool, without the pool's name" }];
  });
}
