import { type DatasetPlan, formatDuration } from "../../../src/site/index.ts";
import { asRoot, type Facts, isData, login, midclt, snapshotMethods } from "../facts.ts";
import { commands, page, steps, table } from "../markdown.ts";
import { pauseTasks, resumeTasks, waysBackOne } from "../restoring.ts";

/** Files, or a whole dataset, are deleted or spoilt by mistake. */
export function datasetDeleted(facts: Facts): string {
  const { site, plan } = facts;
  const homes = Object.entries(site.appliances).filter(([name]) =>
    plan.some((one) => isData(one) && one.appliance === name),
  );
  return page(
    "# A dataset is deleted or spoilt by mistake",
    "Somebody deleted files, a program overwrote them, or `zfs destroy` met the wrong dataset.",
    "## What it costs",
    table(["data", "snapshots", "lost at most", "back after", "else"], plan.filter(isData).map(costRow)),
    "## First",
    "**Write nothing more to it**: stop what uses it. Snapshots expire by time, so begin before the oldest good one goes.",
    ...homes.flatMap(([name]) => ways(name, facts)),
    "## Check",
    commands(`npm run verify -- --stack ${facts.stack}`),
    "Compare a few files with what their owner remembers before the next snapshot expires.",
  );
}

function costRow({ dataset, snapshots: [first], copies, rpo, rto }: DatasetPlan): string[] {
  const others = copies.filter(({ tier }) => tier !== "snapshot").map(({ by, waits }) => (waits ? `(${by})` : by));
  return [
    `\`${dataset}\``,
    first === undefined
      ? "none"
      : `every ${formatDuration(first.everySeconds)}, for ${formatDuration(first.keptSeconds)}`,
    rpo.mistake === null ? "everything" : formatDuration(rpo.mistake),
    rto.mistake === null ? "never" : formatDuration(rto.mistake),
    others.join(", ") || "nothing",
  ];
}

function ways(name: string, facts: Facts): string[] {
  const appliance = facts.site.appliances[name];
  if (appliance === undefined) return [];
  const root = asRoot(appliance);
  const methods = snapshotMethods(appliance);
  return [
    `## On ${name}: files are gone, the dataset is there`,
    steps(
      `Find the newest snapshot that still has them, and copy them out of it; nothing else changes:\n\n${commands(
        login(appliance),
        "DATASET=pool/name",
        `${root}ls -lt /mnt/$DATASET/.zfs/snapshot/`,
        `${root}cp -a /mnt/$DATASET/.zfs/snapshot/SNAPSHOT/lost-folder /mnt/$DATASET/`,
      )}`,
    ),
    `## On ${name}: all of a dataset is spoilt`,
    steps(
      `Look first, in a clone:\n\n${commands(
        login(appliance),
        `${midclt(appliance)} ${methods}.clone '{"snapshot": "pool/name@SNAPSHOT", "dataset_dst": "pool/name-look"}'`,
        `${root}ls -l /mnt/pool/name-look`,
        `${midclt(appliance)} pool.dataset.delete pool/name-look`,
      )}`,
      `Roll back. **Every newer snapshot of the dataset is destroyed by it**, so take the newest good one:\n\n${commands(
        `${midclt(appliance)} ${methods}.rollback "pool/name@SNAPSHOT" '{"recursive": true}'`,
      )}`,
    ),
    `## On ${name}: the dataset was destroyed`,
    "Its snapshots went with it, so it comes back from a copy.",
    steps(
      `Make it anew, empty, with its properties, shares and tasks:\n\n${commands(
        "npm run pulumi -- refresh",
        "npm run pulumi -- up --policy-pack policies",
      )}`,
      pauseTasks(appliance),
      ...waysBackOne(name, appliance, facts).map(
        (step) => `${step}\n\nRun only the lines of the dataset that is gone.`,
      ),
      resumeTasks(),
    ),
  ];
}
