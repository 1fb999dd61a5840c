import type { Site } from "../../src/site/index.ts";
import type { Inspection } from "../../truenas/inspect.ts";
import { dateOf, type Row } from "./rows.ts";

/** A restic repository as its appliance sees it. */
export interface RepositorySeen {
  /** The directory that it is a backup of. */
  readonly path: string;
  readonly bucket: string;
  /** How its last run ended, where the middleware still knows. */
  readonly job?: JobSeen;
  /** When its newest snapshot was taken; absent when it has none. */
  readonly newest?: number;
  /** Why it could not be read. */
  readonly problem?: string;
}

/** How a job ended. */
export interface JobSeen {
  readonly state: string;
  readonly finishedAt?: number;
  readonly error?: string;
}

/** A directory that is brought to a bucket file by file. */
export interface SyncSeen {
  readonly path: string;
  readonly job?: JobSeen;
}

/** A replication task as its appliance sees it. */
export interface ReplicationSeen {
  readonly name: string;
  readonly sources: readonly string[];
  readonly target: string;
  readonly state: string;
  /** The snapshot that was carried last, `dataset@name`. */
  readonly lastSnapshot?: string;
  /** Why it failed, or waits. */
  readonly reason?: string;
}

/** What is seen of the copies that an appliance makes. */
export interface CopiesSeen {
  readonly replications: readonly ReplicationSeen[];
  readonly repositories: readonly RepositorySeen[];
  readonly syncs: readonly SyncSeen[];
}

const REPLICATION_COLUMNS = ["name", "direction", "source_datasets", "target_dataset", "state"];
/** What is used of a task in the cloud; the rest has passwords in it. */
const CLOUD_COLUMNS = ["id", "path", "attributes.bucket", "job"];

/** Looks at the copies that the site lets an appliance make; a repository takes a process of its own, the rest none. */
export async function lookAtCopies(inspection: Inspection, site: Site, appliance: string): Promise<CopiesSeen> {
  const inside = Object.values(site.replications).filter(
    ({ source, method }) => source.appliance === appliance && method === "zfs",
  );
  const away = Object.values(site.offsites).filter(({ source }) => source.appliance === appliance);
  const rows = async (wanted: boolean, namespace: string, select: readonly string[]): Promise<readonly Row[]> =>
    wanted ? ((await inspection.ask(`${namespace}.query`, [], { select })) as readonly Row[]) : [];
  const [replications, backups, syncs] = await Promise.all([
    rows(inside.length > 0, "replication", REPLICATION_COLUMNS),
    rows(
      away.some(({ method }) => method === "restic"),
      "cloud_backup",
      CLOUD_COLUMNS,
    ),
    rows(
      away.some(({ method }) => method === "cloud-sync"),
      "cloudsync",
      CLOUD_COLUMNS,
    ),
  ]);

  return {
    replications: replications.map(replicationSeen),
    repositories: await Promise.all(backups.map((row) => repositorySeen(inspection, row))),
    syncs: syncs.map((row) => ({ path: String(row["path"]), ...jobSeen(row) })),
  };
}

async function repositorySeen(inspection: Inspection, row: Row): Promise<RepositorySeen> {
  const about = { path: String(row["path"]), bucket: bucketOf(row), ...jobSeen(row) };
  try {
    const snapshots = (await inspection.askAlone("cloud_backup.list_snapshots", row["id"])) as readonly Row[];
    const times = snapshots.flatMap(({ time }) => dateOf(time) ?? []);
    return times.length === 0 ? about : { ...about, newest: Math.max(...times) };
  } catch (error) {
    return { ...about, problem: (error as Error).message };
  }
}

function bucketOf({ attributes }: Row): string {
  return String((attributes as { readonly bucket?: unknown } | undefined)?.bucket ?? "");
}

function jobSeen({ job }: Row): { readonly job?: JobSeen } {
  if (typeof job !== "object" || job === null) return {};
  const { state, time_finished: finished, error } = job as Row;
  const finishedAt = dateOf(finished);

  return {
    job: {
      state: String(state),
      ...(finishedAt === undefined ? {} : { finishedAt }),
      ...(error ? { error: String(error) } : {}),
    },
  };
}

function replicationSeen(row: Row): ReplicationSeen {
  const { state, last_snapshot: last, error, reason } = (row["state"] ?? {}) as Row;
  const why = error ?? reason;

  return {
    name: String(row["name"]),
    sources: (row["source_datasets"] ?? []) as readonly string[],
    target: String(row["target_dataset"]),
    state: String(state ?? "PENDING"),
    ...(typeof last === "string" ? { lastSnapshot: last } : {}),
    ...(typeof why === "string" ? { reason: why } : {}),
  };
}
