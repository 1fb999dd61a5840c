import { type Appliance, capacityTable } from "../../../src/site/index.ts";
import { asRoot, type Facts, login, loginForSudo, midclt } from "../facts.ts";
import { commands, page, steps, table } from "../markdown.ts";

/** Pools are made once, of disks that somebody has looked at. */
export function poolCreation(facts: Facts): string {
  const { site, stack } = facts;
  const rows = capacityTable(site);
  return page(
    "# A pool is created",
    "A pool that exists is adopted. A missing one is made only when the site confirms exactly its disks; none is ever destroyed.",
    "## The pools of this site",
    table(
      ["appliance", "pool", "data", "further disks", "usable", "confirmed by"],
      rows.map(({ appliance, pool, layout, usable }) => {
        const spec = site.appliances[appliance]?.pools[pool];
        const others = Object.entries(spec?.topology ?? {})
          .filter(([kind]) => kind !== "data")
          .map(([kind, group]) => `${kind} ${countOf(group)}`);
        return [
          appliance,
          pool,
          layout,
          others.join(", ") || "–",
          terabytes(usable),
          spec?.create ? `\`${spec.create}\`` : "nothing yet",
        ];
      }),
    ),
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["somebody at the machine", "the labels of the disks, to tell which is which"],
        ["the owner", "this project; half an hour for the first pool of a machine"],
      ],
    ),
    "## Do",
    ...Object.entries(site.appliances).map(([name, appliance]) => doFor(name, appliance, stack)),
    "## Check",
    ...Object.values(site.appliances).map((appliance) =>
      commands(`${loginForSudo(appliance)} ${asRoot(appliance)}zpool status ${Object.keys(appliance.pools).join(" ")}`),
    ),
    "Every disk is ONLINE, every vdev has the width and type of the table above, and the spares are AVAIL.",
  );
}

function doFor(name: string, appliance: Appliance, stack: string): string {
  const select = '\'[]\' \'{"select": ["serial", "name", "size", "model", "pool"]}\'';
  return `### On ${name}\n\n${steps(
    `Read the disks, compare each serial number with its label, and see that \`pool\` is null for those that will be used:\n\n${commands(
      login(appliance),
      `${midclt(appliance)} disk.query ${select} | jq -r '.[] | [.serial, .name, .size, .model, .pool] | @tsv'`,
    )}`,
    `Write the serial numbers into \`appliances.${name}.pools\` of \`Pulumi.${stack}.yaml\`, and take the line \`create\` out.`,
    `Try it. It fails, lists the disks that it found, and prints the line that confirms exactly them:\n\n${commands(
      "npm run pulumi -- up --policy-pack policies",
    )}`,
    "Read that list once more: what is on these disks will be gone. Add the line, and run the same command again.",
  )}`;
}

function countOf(group: unknown): string {
  const groups = Array.isArray(group) ? group : [group];
  return groups
    .map(({ type, disks }: { type?: string; disks: readonly string[] }) => `${disks.length}${type ? ` ${type}` : ""}`)
    .join(" + ");
}

function terabytes(bytes: number): string {
  return `${(bytes / 1e12).toFixed(2)} TB`;
}
