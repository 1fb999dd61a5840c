import { restorableCopies } from "../../../src/site/index.ts";
import { dateOf } from "../../verify/rows.ts";
import type { DrillContext, Found } from "../context.ts";
import { DrillError } from "../drill-error.ts";
import { chooseSample, type FileAt } from "../sample.ts";

type Row = Readonly<Record<string, unknown>>;

/** The newest snapshot of a restic repository, of which only the sample travels. */
export async function fromOffsite(context: DrillContext): Promise<Found> {
  const { spec, source } = context;
  const { top, below } = repositoryOf(context);
  const task = await taskOf(context, `/mnt/${top}`);
  const snapshots = (await source.askAlone("cloud_backup.list_snapshots", task["id"])) as readonly Row[];
  const dated = snapshots.map((row) => ({ id: String(row["id"]), at: dateOf(row["time"]) ?? 0 }));
  const [newest] = dated.toSorted((one, other) => other.at - one.at);
  if (!newest) throw new DrillError(`the repository of ${top} has no snapshot`);
  const original = `/mnt/${spec.source.dataset}`;
  const { kept, changed } = await unchanged(context, original, newest.at);

  return {
    state: `${String(task["description"])}: ${newest.id}`,
    takenAt: newest.at,
    bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    sample: kept,
    changed,
    original,
    restore: () => restore(context, { task: task["id"], snapshot: newest.id, below, sample: kept }),
  };
}

/** The dataset that is backed up, and where below it the data lies. */
function repositoryOf({ site, spec }: DrillContext): { readonly top: string; readonly below: string } {
  const [copy] = restorableCopies(site, spec).filter(({ name }) => spec.copy === undefined || name === spec.copy);
  if (!copy) throw new DrillError(`no copy offsite carries ${spec.source.dataset}`);
  const top = copy.source.dataset;

  return { top, below: spec.source.dataset.slice(top.length) };
}

async function taskOf({ source }: DrillContext, path: string): Promise<Row> {
  const rows = (await source.ask("cloud_backup.query", [["path", "=", path]], {})) as readonly Row[];
  const [task] = rows;
  if (!task) throw new DrillError(`${source.label} has no cloud backup of ${path}`);

  return task;
}

/** Files that are as they were when the snapshot was taken: a repository knows no ZFS, so they are compared as they are now. */
async function unchanged({ source, spec }: DrillContext, directory: string, takenAt: number) {
  const sample = await chooseSample(source, directory, spec.sample);
  const times = await Promise.all(
    sample.map(async ({ path }) => {
      const stat = (await source.ask("filesystem.stat", `${directory}/${path}`)) as { readonly mtime?: number };
      return Number(stat.mtime ?? Number.POSITIVE_INFINITY) * 1000;
    }),
  );
  const kept = sample.filter((_file, at) => (times[at] ?? Number.POSITIVE_INFINITY) <= takenAt);

  return { kept, changed: sample.length - kept.length };
}

interface Wanted {
  readonly task: unknown;
  readonly snapshot: string;
  /** Where in the snapshot the data begins; empty for all of it. */
  readonly below: string;
  readonly sample: readonly FileAt[];
}

async function restore({ bench, tell }: DrillContext, { task, snapshot, below, sample }: Wanted): Promise<string> {
  const include = sample.map(({ path }) => `/${escaped(path)}`);
  const destination = `/mnt/${bench.scratch}`;
  tell(`restoring ${sample.length} files from offsite`);
  await bench.work(
    "cloud_backup.restore",
    [task, snapshot, below || "/", destination, { include }],
    ({ percent, description }) =>
      tell(`restoring ${sample.length} files from offsite: ${percent.toFixed(0)} % ${description}`.trim()),
  );

  return destination;
}

/** A pattern that stands for this one path. */
function escaped(path: string): string {
  return path.replaceAll(/[\\*?[\]]/g, "\\$&");
}
