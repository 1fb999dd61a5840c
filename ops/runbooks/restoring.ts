import { type Appliance, carriedTasks, type Replication } from "../../src/site/index.ts";
import { type Facts, login, midclt } from "./facts.ts";
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

/** The ways back for what lay on an appliance, or in one of its pools: the nearest copies first. */
export function waysBack(name: string, appliance: Appliance, facts: Facts, pool?: string): string[] {
  const here = ({ source }: { readonly source: { readonly appliance: string; readonly dataset: string } }) =>
    source.appliance === name && (pool === undefined || source.dataset.startsWith(`${pool}/`));
  const copies = Object.entries(facts.site.replications).filter(([, spec]) => here(spec));
  const offsites = Object.entries(facts.site.offsites).filter(([, spec]) => here(spec));
  const restic = offsites.filter(([, { method }]) => method === "restic");
  const byOthers = [...copies, ...offsites].filter(([, { method }]) => method !== "zfs" && method !== "restic");

  return [
    fromReplications(
      appliance,
      copies.filter(([, { method }]) => method === "zfs"),
      facts,
    ),
    restic.length === 0
      ? ""
      : block(
          "From outside the house, what no machine in it brings back, the smallest first. Without TrueNAS: [restic-by-hand.md](restic-by-hand.md).",
          commands(login(appliance), ...restic.flatMap(([, { source }]) => restoreOffsite(appliance, source.dataset))),
        ),
    byOthers.length === 0
      ? ""
      : block(
          "What is copied outside this project comes back by what copied it:",
          list(...byOthers.map(([copy, { source, method }]) => `\`${source.dataset}\` by ${method} (${copy})`)),
        ),
  ].filter((step) => step !== "");
}

function fromReplications(appliance: Appliance, copies: readonly [string, Replication][], facts: Facts): string {
  if (copies.length === 0) return "";
  const keepers = new Set(copies.map(([, { target }]) => facts.site.appliances[target.appliance ?? ""]?.host ?? ""));
  const absent = [...keepers].filter((keeper) => facts.absent.includes(keeper));
  const when = absent.length === 0 ? "" : ` (${absent.join(" and ")} is not there yet; skip this until it is)`;
  return block(
    `From ${[...keepers].join(" and ")}${when}. What \`up\` made empty is overwritten; where a pool was imported whole, leave its lines out.`,
    commands(
      login(appliance),
      ...chooseConnection(appliance),
      ...copies.map(([, spec]) => pullBack(appliance, spec, facts)),
    ),
  );
}

/** The connection that a pull uses, looked up since its number is the appliance's own. */
function chooseConnection(appliance: Appliance): string[] {
  const filter = `'[["type", "=", "SSH_CREDENTIALS"]]' '{"select": ["id", "name"]}'`;
  return [`${midclt(appliance)} keychaincredential.query ${filter}`, "CONNECTION=1  # the id that was shown"];
}

/** Brings back what a replication carried, by one pull over the connection that the site declares. */
function pullBack(appliance: Appliance, replication: Replication, { site }: Facts): string {
  const { source, target, recursive } = replication;
  const local = source.appliance === target.appliance;
  const request = {
    direction: "PULL",
    ...(local ? { transport: "LOCAL" } : { transport: "SSH", sudo: true, ssh_credentials: "CONNECTION" }),
    source_datasets: [target.dataset],
    target_dataset: source.dataset,
    recursive,
    naming_schema: [...new Set(carriedTasks(site, replication).map(({ namingSchema }) => namingSchema))],
    properties: true,
    properties_exclude: ["readonly", "mountpoint"],
    readonly: "IGNORE",
    retention_policy: "NONE",
    allow_from_scratch: true,
  };
  const json = JSON.stringify(request)
    .replace('"CONNECTION"', "'$CONNECTION'")
    .replaceAll(/([:,])(?=["[tf'])/g, "$1 ");
  return `${midclt(appliance, "job")} replication.run_onetime '${json}'`;
}

/** Brings back what an offsite copy carried, through the appliance's own task. */
function restoreOffsite(appliance: Appliance, dataset: string): string[] {
  const call = midclt(appliance);
  return [
    `TASK=$(${call} cloud_backup.query '[["path", "=", "/mnt/${dataset}"]]' | jq '.[0].id')`,
    `${call} cloud_backup.list_snapshots "$TASK" | jq -r '.[] | [.id, .time] | @tsv'`,
    "SNAPSHOT=ID  # the newest from before the loss",
    `${midclt(appliance, "job")} cloud_backup.restore "$TASK" "$SNAPSHOT" / /mnt/${dataset}`,
  ];
}

function block(...parts: readonly string[]): string {
  return parts.join("\n\n");
}
