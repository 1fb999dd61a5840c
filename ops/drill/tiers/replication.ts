import { restorableCopies } from "../../../src/site/index.ts";
import type { Inspection } from "../../../truenas/inspect.ts";
import type { DrillContext, Found } from "../context.ts";
import { DrillError } from "../drill-error.ts";
import { namesOf, type Taken, takenByTasks } from "./names.ts";
import { clone } from "./snapshot.ts";

type Row = Readonly<Record<string, unknown>>;

/** The newest snapshot that both sides have: pulled back to the source, or cloned beside the copy. */
export async function fromReplica(context: DrillContext): Promise<Found> {
  const { declared, spec, source, look, zone } = context;
  const { appliance, dataset } = replicaOf(context);
  const keeper = spec.into === "copy" ? context.bench : look(appliance);
  const [there, here] = await Promise.all([keeper.snapshotNames(), source.snapshotNames()]);
  const kept = namesOf(dataset, there);
  const common = new Set(namesOf(spec.source.dataset, here).filter((name) => kept.includes(name)));
  const [newest] = takenByTasks(declared, spec.source, [...common], zone);
  if (!newest) throw new DrillError(`${dataset} on ${appliance} and ${spec.source.dataset} have no snapshot in common`);
  const snapshot = `${dataset}@${newest.name}`;
  const clones = spec.into === "copy";

  return {
    state: `${appliance}: ${snapshot}`,
    takenAt: newest.at,
    bytes: clones ? 0 : await sizeOf(keeper, snapshot),
    changed: 0,
    original: `/mnt/${spec.source.dataset}/.zfs/snapshot/${newest.name}`,
    restore: () => (clones ? clone(context, snapshot) : pull(context, dataset, newest)),
  };
}

/** Where the replica of the data lies. */
export function replicaOf({ site, spec }: Pick<DrillContext, "site" | "spec">): { appliance: string; dataset: string } {
  const [copy] = restorableCopies(site, spec).filter(({ name }) => spec.copy === undefined || name === spec.copy);
  const { target, source } = site.replications[copy?.name ?? ""] ?? {};
  if (!copy || target?.appliance === undefined || target.dataset === undefined) {
    throw new DrillError(`no replication carries ${spec.source.dataset}`);
  }

  return {
    appliance: target.appliance,
    dataset: `${target.dataset}${spec.source.dataset.slice(source?.dataset.length)}`,
  };
}

async function sizeOf(keeper: Inspection, snapshot: string): Promise<number> {
  const namespace = (await keeper.dialect()) === "25.04" ? "zfs.snapshot" : "pool.snapshot";
  const rows = (await keeper.ask(`${namespace}.query`, [["id", "=", snapshot]], {})) as readonly Row[];
  const { referenced } = (rows[0]?.["properties"] ?? {}) as { readonly referenced?: { readonly parsed?: unknown } };

  return Number(referenced?.parsed ?? 0);
}

/** Fetches one snapshot over the connection that the copy was sent by; nothing changes at the other end. */
async function pull(context: DrillContext, dataset: string, { name }: Taken): Promise<string> {
  const { bench, target, tell } = context;
  const task = await taskTo(context, dataset);
  const wanted = {
    direction: "PULL",
    transport: task["transport"],
    ssh_credentials: (task["ssh_credentials"] as { readonly id?: unknown } | null)?.id,
    sudo: task["sudo"] === true,
    source_datasets: [dataset],
    target_dataset: target,
    recursive: false,
    properties: false,
    name_regex: escaped(name),
    retention_policy: "NONE",
    readonly: "IGNORE",
  };
  tell(`fetching ${dataset}@${name}`);
  await bench.work("replication.run_onetime", [wanted], ({ percent, description }) =>
    tell(`fetching ${dataset}@${name}: ${percent.toFixed(0)} % ${description}`.trim()),
  );

  return `/mnt/${target}`;
}

/** The task on the source that sends there; the way back is the same. */
async function taskTo({ bench }: DrillContext, dataset: string): Promise<Row> {
  const rows = (await bench.ask("replication.query", [], {})) as readonly Row[];
  const found = rows.find((row) => {
    const target = String(row["target_dataset"]);
    return row["direction"] === "PUSH" && (dataset === target || dataset.startsWith(`${target}/`));
  });
  if (!found) throw new DrillError(`${bench.label} has no replication task that sends to ${dataset}`);

  return found;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
