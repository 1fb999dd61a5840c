import { applianceOf, type DeclaredStack, ofKind } from "../../declared/stack.ts";
import { coversDataset, type TaskInputs } from "../../verify/checks/snapshots.ts";
import { SnapshotTimes } from "../../verify/snapshot-times.ts";

/** A snapshot that a task of the site has taken. */
export interface Taken {
  /** Without the dataset. */
  readonly name: string;
  readonly at: number;
}

/** The snapshots of a dataset that its tasks have taken, the youngest first. */
export function takenByTasks(
  declared: DeclaredStack,
  { appliance, dataset }: { readonly appliance: string; readonly dataset: string },
  names: readonly string[],
  zone: string,
): readonly Taken[] {
  const tasks = ofKind<TaskInputs>(applianceOf(declared, appliance).objects, "SnapshotTask");
  const schemas = tasks.filter(({ inputs }) => coversDataset(inputs, dataset)).map(({ inputs }) => inputs.namingSchema);
  const times = [...new Set(schemas)].map((schema) => new SnapshotTimes(schema, zone));
  const taken = names.flatMap((name) => {
    const at = times.map((time) => time.of(name)).find((time) => time !== undefined);
    return at === undefined ? [] : [{ name, at }];
  });

  return taken.toSorted((one, other) => other.at - one.at);
}

/** The names of the snapshots of one dataset, among those of all. */
export function namesOf(dataset: string, all: readonly string[]): readonly string[] {
  return all.filter((name) => name.startsWith(`${dataset}@`)).map((name) => name.slice(dataset.length + 1));
}
