import type { DrillContext, Found } from "../context.ts";
import { DrillError } from "../drill-error.ts";
import { namesOf, takenByTasks } from "./names.ts";

/** The newest snapshot of the data itself, cloned beside it: no byte travels, and none is taken. */
export async function fromSnapshot(context: DrillContext): Promise<Found> {
  const { declared, spec, source, zone } = context;
  const { dataset } = spec.source;
  const names = namesOf(dataset, await source.snapshotNames());
  const [newest] = takenByTasks(declared, spec.source, names, zone);
  if (!newest) throw new DrillError(`${dataset} has no snapshot of its tasks`);

  return {
    state: `${dataset}@${newest.name}`,
    takenAt: newest.at,
    bytes: 0,
    changed: 0,
    original: `/mnt/${dataset}/.zfs/snapshot/${newest.name}`,
    restore: () => clone(context, `${dataset}@${newest.name}`),
  };
}

/** Clones a snapshot of the bench's own into the scratch dataset. */
export async function clone({ bench, target, tell }: DrillContext, snapshot: string): Promise<string> {
  tell(`cloning ${snapshot}`);
  const namespace = (await bench.dialect()) === "25.04" ? "zfs.snapshot" : "pool.snapshot";
  await bench.change(`${namespace}.clone`, { snapshot, dataset_dst: target, dataset_properties: {} });

  return `/mnt/${target}`;
}
