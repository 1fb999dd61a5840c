import type { Schedule, Site } from "../../../src/site/index.ts";
import { type DeclaredObject, ofKind } from "../../declared/stack.ts";
import { allowedAge, judgeAge } from "../ages.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";
import type { Sight } from "../sight.ts";
import { SnapshotTimes } from "../snapshot-times.ts";

/** As much of a snapshot task as says which snapshots there must be. */
export interface TaskInputs {
  readonly dataset: string;
  readonly recursive?: boolean;
  readonly exclude?: readonly string[];
  readonly namingSchema: string;
  readonly schedule: Schedule;
  readonly allowEmpty?: boolean;
}

const MOST_NAMED = 3;

/** Every dataset that a task covers has a young snapshot of its tier. */
export const snapshotsAreRecent: Check = {
  name: "snapshot-is-recent",
  doc: "The youngest snapshot of every dataset in every tier is no older than the longest gap of the schedule and the grace.",
  find: (subject) => seenIn(subject).flatMap((seen) => tasksOf(seen).map((task) => judged(seen, task, subject.site))),
};

/** Tasks that take one at every firing; one that passes over what has not changed says nothing by its silence. */
function tasksOf({ declared }: Seen): readonly (DeclaredObject & { inputs: TaskInputs })[] {
  return ofKind<TaskInputs>(declared, "SnapshotTask").filter(({ inputs }) => inputs.allowEmpty !== false);
}

/** One finding per task: about the dataset that lags behind most. */
function judged(
  { name, sight }: Seen,
  { name: subject, inputs }: DeclaredObject & { inputs: TaskInputs },
  site: Site,
): Finding {
  const allowed = allowedAge(inputs.schedule, site.monitoring.grace.snapshots);
  const times = new SnapshotTimes(inputs.namingSchema, sight.zone);
  const all = coveredBy(inputs, sight).map((dataset) => ({
    dataset,
    finding: judgeAge({
      appliance: name,
      subject,
      what: "snapshot",
      now: sight.now,
      youngest: times.youngest(sight.snapshots.get(dataset) ?? []),
      since: sight.datasets.get(dataset)?.createdAt,
      allowed,
      remedy: "see the snapshot task in TrueNAS, and the alerts of the appliance",
      metric: "snapshot",
      labels: { task: subject, dataset },
    }),
  }));
  const late = all.filter(({ finding }) => finding.status === "failed");
  const [worst] = (late.length > 0 ? late : all).toSorted((one, other) => ageOf(other.finding) - ageOf(one.finding));
  if (!worst) return { status: "failed", appliance: name, subject, found: `${inputs.dataset} is not there` };
  if (all.length === 1) return worst.finding;

  return { ...worst.finding, found: `${worst.finding.found}${extent(late, all.length)}` };
}

/** The datasets that a task covers, as they are on the appliance: those made on demand are among them. */
export function coveredBy(inputs: TaskInputs, { datasets }: Sight): readonly string[] {
  return [...datasets.keys()].filter((name) => coversDataset(inputs, name));
}

/** Whether a task takes snapshots of a dataset. */
export function coversDataset({ dataset, recursive, exclude = [] }: TaskInputs, name: string): boolean {
  const within = (top: string) => name === top || name.startsWith(`${top}/`);

  return (recursive ? within(dataset) : name === dataset) && !exclude.some(within);
}

function ageOf({ measures }: Finding): number {
  return measures?.find(({ metric }) => metric === "snapshot_age_seconds")?.value ?? Number.POSITIVE_INFINITY;
}

function extent(late: readonly { readonly dataset: string }[], all: number): string {
  if (late.length === 0) return ` at the oldest of ${all} datasets`;
  const named = late.slice(0, MOST_NAMED).map(({ dataset }) => dataset);

  return ` (${late.length} of ${all} datasets: ${named.join(", ")}${late.length > MOST_NAMED ? ", …" : ""})`;
}
