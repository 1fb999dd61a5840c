import { carriedTasks, formatSize, hoursOf, type Lifetime, type Site } from "../../../src/site/index.ts";
import { ofKind } from "../../declared/stack.ts";
import { formatSeconds } from "../ages.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";
import { SnapshotTimes } from "../snapshot-times.ts";
import { coveredBy, type TaskInputs } from "./snapshots.ts";

interface KeptInputs extends TaskInputs {
  readonly lifetimeValue: number;
  readonly lifetimeUnit: Lifetime["unit"];
}

const HOUR_MS = 3_600_000;

/** Snapshots that wait for their replication are kept beyond their time, and take space meanwhile. */
export const snapshotsAreNotPending: Check = {
  name: "no-snapshot-is-pending",
  doc: "No snapshot is kept beyond its lifetime because it was not replicated yet; those that are, and the space that they hold, are listed.",
  find: (subject) => seenIn(subject).flatMap((seen) => pendingOn(seen, subject.site)),
};

function pendingOn(seen: Seen, site: Site): readonly Finding[] {
  return Object.entries(site.replications)
    .filter(([, { source, method }]) => source.appliance === seen.name && method === "zfs")
    .map(([name, replication]) => {
      const schemas = new Set(carriedTasks(site, replication).map(({ namingSchema }) => namingSchema));
      const tasks = ofKind<KeptInputs>(seen.declared, "SnapshotTask").filter(({ inputs }) =>
        schemas.has(inputs.namingSchema),
      );
      const top = replication.source.dataset;
      return judged(
        seen,
        name,
        tasks.flatMap(({ inputs }) => overdue(seen, inputs, top, site.monitoring.grace.snapshots)),
      );
    });
}

interface Overdue {
  readonly dataset: string;
  readonly at: number;
}

/** Snapshots of a task that should be gone by now, in the datasets that the replication carries. */
function overdue({ sight }: Seen, task: KeptInputs, top: string, grace: Lifetime): readonly Overdue[] {
  const times = new SnapshotTimes(task.namingSchema, sight.zone);
  const kept = hoursOf({ value: task.lifetimeValue, unit: task.lifetimeUnit }) + hoursOf(grace);
  const oldest = sight.now - kept * HOUR_MS;
  const datasets = coveredBy(task, sight).filter((name) => name === top || name.startsWith(`${top}/`));

  return datasets.flatMap((dataset) => {
    const taken = (sight.snapshots.get(dataset) ?? []).flatMap((name) => times.of(name) ?? []);
    // The newest of a schema stays however old it is.
    const newest = Math.max(...taken);
    return taken.filter((at) => at < oldest && at < newest).map((at) => ({ dataset, at }));
  });
}

function judged({ name: appliance, sight }: Seen, subject: string, pending: readonly Overdue[]): Finding {
  const datasets = [...new Set(pending.map(({ dataset }) => dataset))];
  const bytes = datasets.reduce((sum, dataset) => sum + (sight.datasets.get(dataset)?.heldBySnapshots ?? 0), 0);
  const labels = { replication: subject };
  const measures = [
    { metric: "pending_snapshots", value: pending.length, labels },
    { metric: "pending_snapshots_bytes", value: bytes, labels },
  ];
  if (pending.length === 0) return { status: "passed", appliance, subject, found: "none", measures };
  const age = formatSeconds((sight.now - Math.min(...pending.map(({ at }) => at))) / 1000);
  const found = `${pending.length} snapshots of ${datasets.length} datasets, the oldest of ${age} ago, hold at most ${formatSize(bytes)}`;

  return { status: "noted", appliance, subject, found, measures };
}
