import type { Appliance, PoolSpec } from "../../../src/site/index.ts";
import { costs, livesIn } from "../costs.ts";
import { asRoot, type Facts, login, loginForSudo, midclt } from "../facts.ts";
import { commands, page, steps, table } from "../markdown.ts";
import { pauseTasks, resumeTasks, waysBack } from "../restoring.ts";

/** Disks that a vdev of each type can lose. */
const SPARE_DISKS: Readonly<Record<string, string>> = {
  STRIPE: "no disk",
  MIRROR: "all disks of a vdev but one",
  RAIDZ1: "one disk of each vdev",
  RAIDZ2: "two disks of each vdev",
  RAIDZ3: "three disks of each vdev",
};

/** A pool loses more disks than it can. */
export function poolLost(name: string, pool: string, facts: Facts): string {
  const appliance = facts.site.appliances[name];
  const spec = appliance?.pools[pool];
  if (appliance === undefined || spec === undefined) return "";
  return page(
    `# The pool ${pool} of ${name} is lost`,
    `${pool} can lose ${survives(spec)}; one more, and all that lies on it is gone at once. Its machine and its other pools go on.`,
    "## What it costs",
    costs("pool", livesIn(name, pool), facts),
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["somebody at the machine", `new disks of ${label(spec)} for those that died`],
        ["the owner", "this project, its state and its passphrase"],
      ],
    ),
    "## First",
    "Do not destroy it yet. A cable, a shelf without power or a controller looks the same; the pool comes back with them.",
    commands(login(appliance), `${asRoot(appliance)}zpool status -v ${pool}`, `${asRoot(appliance)}zpool import`),
    `When it imports only without its last seconds, that is still better than any copy. The first line says what would be lost; the others give it up, and leave the pool to the appliance, which imports it when it starts:\n\n${commands(
      `${asRoot(appliance)}zpool import -F -n ${pool}`,
      `${asRoot(appliance)}zpool import -F -N -R /mnt ${pool}`,
      `${asRoot(appliance)}zpool export ${pool}`,
    )}`,
    "## Do",
    steps(...remake(name, appliance, pool, facts)),
    "## Check",
    commands(
      `${loginForSudo(appliance)} ${asRoot(appliance)}zpool status -v ${pool}`,
      `npm run verify -- --stack ${facts.stack}`,
      `npm run drill -- --stack ${facts.stack}`,
    ),
  );
}

function remake(name: string, appliance: Appliance, pool: string, facts: Facts): string[] {
  const call = midclt(appliance);
  return [
    `Let go of what is left of it; consumers of its shares lose them now:\n\n${commands(
      login(appliance),
      `POOL=$(${call} pool.query '[["name", "=", "${pool}"]]' | jq '.[0].id')`,
      `${midclt(appliance, "job")} pool.export "$POOL" '{"cascade": false, "destroy": false}'`,
    )}`,
    "Replace the dead disks, and write the new serial numbers into the site: [pool-creation.md](pool-creation.md).",
    `Make the pool and all that lies on it anew:\n\n${commands(
      "npm run pulumi -- refresh",
      "npm run pulumi -- up --policy-pack policies",
    )}`,
    pauseTasks(appliance),
    ...waysBack(name, appliance, facts, { pool }),
    resumeTasks(),
  ];
}

function survives({ topology }: PoolSpec): string {
  const types = [...new Set(topology.data.map(({ type }) => type))];
  return types.map((type) => SPARE_DISKS[type] ?? "what its vdevs can").join(" and ");
}

function label({ topology }: PoolSpec): string {
  const sizes = [...new Set(topology.data.map(({ diskSize }) => `${Number((diskSize / 1e12).toFixed(2))} TB`))];
  return sizes.join(" and ");
}
