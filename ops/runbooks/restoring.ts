import { type Appliance, carriedTasks, type DatasetRef, type Replication } from "../../src/site/index.ts";
import { type Facts, isData, login, midclt } from "./facts.ts";
import { commands, list } from "./markdown.ts";

/** Keeps tasks from carrying the empty datasets of a new pool anywhere, until the data is back. */
export function pauseTasks(appliance: Appliance): string {
  const quiet = (kind: string) =>
    `for id in $(${midclt(appliance)} ${kind}.query | jq '.[].id'); do ${midclt(appliance)} ${kind}.update "$id" '{"enabled": false}'; done`;
  return block(
    "Keep its tasks quiet until the data is back: a backup of an empty dataset pushes a good one out of its repository.",
    commands(login(appliance), quiet("replication"), quiet("cloud_backup")),
  );
}

/** Puts the tasks, and the properties of what was received, back to what the site says. */
export function resumeTasks(): string {
  return block(
    "Put everything back to what the site says, the paused tasks and the properties of what was received included:",
    commands("npm run pulumi -- up --refresh --policy-pack policies"),
  );
}

/** What is lost with what lay there: one pool, the machine with all its pools, or the house with every machine. */
export type LostWith = { readonly pool: string } | "machine" | "house";

/** The ways back for what lay on an appliance, or in one of its pools: the nearest copies first. */
export function waysBack(name: string, appliance: Appliance, facts: Facts, lost: LostWith): string[] {
  const within = typeof lost === "string" ? "" : `${lost.pool}/`;
  const here = ({ source }: { readonly source: DatasetRef }) =>
    source.appliance === name && source.dataset.startsWith(within);
  const copies = Object.entries(facts.site.replications).filter(([, spec]) => here(spec));
  const offsites = Object.entries(facts.site.offsites).filter(([, spec]) => here(spec));
  const pulls = copies
    .filter(([, spec]) => spec.method === "zfs" && isLeft(targetOf(spec), name, lost))
    .map(([, spec]): Pull => {
      const schemas = carriedTasks(facts.site, spec).map(({ namingSchema }) => namingSchema);
      return { source: spec.source, target: targetOf(spec), recursive: spec.recursive, schemas };
    });
  const outside = offsites.filter(([, { method }]) => method === "restic").map(([, { source }]) => source);
  return [
    fromReplications(appliance, pulls, facts),
    fromOutside(appliance, outside, pulls, facts),
    byOthers([...copies, ...offsites].filter(([, { method }]) => method !== "zfs" && method !== "restic")),
  ].filter((step) => step !== "");
}

/** The ways back for single datasets, each by itself, so that nothing beside them is touched. */
export function waysBackOne(name: string, appliance: Appliance, facts: Facts): string[] {
  const data = facts.planned.filter((plan) => isData(plan) && plan.appliance === name);
  const pulls = data.flatMap(({ dataset, copies, snapshots }): Pull[] => {
    const copy = copies.find(({ tier }) => tier === "replication");
    if (copy === undefined) return [];
    const target = { appliance: copy.medium.split("/")[0] ?? "", dataset: copy.at };
    const schemas = snapshots.map(({ namingSchema }) => namingSchema);
    return [{ source: { appliance: name, dataset }, target, recursive: holdsMade(name, dataset, facts), schemas }];
  });
  const outside = data.filter(({ copies }) => copies.some(({ tier }) => tier === "offsite"));
  return [fromReplications(appliance, pulls, facts), fromOutside(appliance, outside, pulls, facts)].filter(
    (step) => step !== "",
  );
}

/** A copy that is brought back from where a replication took it. */
interface Pull {
  readonly source: DatasetRef;
  readonly target: DatasetRef;
  readonly recursive: boolean;
  readonly schemas: readonly string[];
}

/** Whether a copy is still there after a loss. */
function isLeft({ appliance, dataset }: DatasetRef, home: string, lost: LostWith): boolean {
  if (lost === "house") return false;
  return appliance !== home || (lost !== "machine" && !dataset.startsWith(`${lost.pool}/`));
}

function targetOf({ target }: Replication): DatasetRef {
  return { appliance: target.appliance ?? "", dataset: target.dataset ?? "" };
}

function holdsMade(name: string, path: string, { site }: Facts): boolean {
  const [pool = "", ...below] = path.split("/");
  return site.appliances[name]?.pools[pool]?.datasets[below.join("/")]?.access.csi !== undefined;
}

function fromReplications(appliance: Appliance, pulls: readonly Pull[], facts: Facts): string {
  if (pulls.length === 0) return "";
  const keepers = new Set(pulls.map(({ target }) => facts.site.appliances[target.appliance]?.host ?? ""));
  const absent = [...keepers].filter((keeper) => facts.absent.includes(keeper));
  const when = absent.length === 0 ? "" : ` (${absent.join(" and ")} is not there yet; skip this until it is)`;
  return block(
    `From ${[...keepers].join(" and ")}${when}. **What \`up\` made empty is overwritten**, so leave out the lines of whatever is whole.`,
    commands(
      login(appliance),
      ...[...Map.groupBy(pulls, ({ target }) => target.appliance)].flatMap(([keeper, some]) => [
        ...(keeper === some[0]?.source.appliance ? [] : [connectionTo(keeper, appliance)]),
        ...some.map((pull) => pullBack(appliance, pull)),
      ]),
    ),
  );
}

/** The connection that a pull uses, looked up since its number is the appliance's own; it is named after its other end. */
function connectionTo(keeper: string, appliance: Appliance): string {
  const filter = `'[["type", "=", "SSH_CREDENTIALS"], ["name", "=", "${keeper}"]]'`;
  return `CONNECTION=$(${midclt(appliance)} keychaincredential.query ${filter} | jq '.[0].id')`;
}

/** Brings back what a replication carried, by one pull over the connection that the site declares. */
function pullBack(appliance: Appliance, { source, target, recursive, schemas }: Pull): string {
  const local = source.appliance === target.appliance;
  const request = {
    direction: "PULL",
    ...(local ? { transport: "LOCAL" } : { transport: "SSH", sudo: true, ssh_credentials: "CONNECTION" }),
    source_datasets: [target.dataset],
    target_dataset: source.dataset,
    recursive,
    naming_schema: [...new Set(schemas)],
    properties: true,
    properties_exclude: ["readonly", "mountpoint"],
    readonly: "IGNORE",
    retention_policy: "NONE",
    allow_from_scratch: true,
  };
  const json = JSON.stringify(request)
    .replaceAll(/([:,])(?=["[tf])/g, "$1 ")
    .replace('"CONNECTION"', "'$CONNECTION'");
  return `${midclt(appliance, "job")} replication.run_onetime '${json}'`;
}

/** What only the cloud has comes first; what a machine of the house also has is newer there, and would be overwritten. */
function fromOutside(
  appliance: Appliance,
  sources: readonly { readonly dataset: string }[],
  pulls: readonly Pull[],
  { planned }: Facts,
): string {
  if (sources.length === 0) return "";
  const bytes = (path: string) => planned.find(({ dataset }) => dataset === path)?.bytes ?? 0;
  const smallestFirst = sources.map(({ dataset }) => dataset).sort((one, other) => bytes(one) - bytes(other));
  const nearer = smallestFirst.filter((dataset) => pulls.some((pull) => brings(pull, dataset)));
  const told = (datasets: readonly string[]) =>
    commands(login(appliance), ...datasets.flatMap((dataset) => restoreOffsite(appliance, dataset)));
  const only = smallestFirst.filter((dataset) => !nearer.includes(dataset));
  return block(
    "From outside the house, the smallest first. Without TrueNAS: [restic-by-hand.md](restic-by-hand.md).",
    ...(only.length > 0 ? [told(only)] : []),
    ...(nearer.length > 0
      ? [
          "These **only where the step before did not bring them back**: what comes from outside is older, and overwrites files that are newer.",
          told(nearer),
        ]
      : []),
  );
}

function brings({ source, recursive }: Pull, dataset: string): boolean {
  return dataset === source.dataset || (recursive && dataset.startsWith(`${source.dataset}/`));
}

/** Brings back what an offsite copy carried, through the appliance's own task. */
function restoreOffsite(appliance: Appliance, dataset: string): string[] {
  const call = midclt(appliance);
  return [
    `TASK=$(${call} cloud_backup.query '[["path", "=", "/mnt/${dataset}"]]' | jq '.[0].id')`,
    `${call} cloud_backup.list_snapshots "$TASK" | jq -r '.[] | [.id, (.time["$date"] / 1000 | todate)] | @tsv'`,
    "SNAPSHOT=ID  # the newest from before the loss",
    `${midclt(appliance, "job")} cloud_backup.restore "$TASK" "$SNAPSHOT" / /mnt/${dataset}`,
  ];
}

function byOthers(copies: readonly [string, { readonly source: DatasetRef; readonly method: string }][]): string {
  if (copies.length === 0) return "";
  return block(
    "What neither ZFS nor restic carries comes back by what carried it; a cloud sync task by Restore in its menu:",
    list(...copies.map(([copy, { source, method }]) => `\`${source.dataset}\` by ${method} (${copy})`)),
  );
}

function block(...parts: readonly string[]): string {
  return parts.join("\n\n");
}
