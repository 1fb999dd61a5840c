import type { Appliance, Host } from "../../../src/site/index.ts";
import { costs, livesOn } from "../costs.ts";
import { appliancesOn, type Facts, keepers, login, midclt } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";
import { type LostWith, pauseTasks, resumeTasks, waysBack } from "../restoring.ts";
import { installationOf } from "./appliance-installation.ts";

/** A machine that is the home of data dies. */
export function homeLost(host: string, facts: Facts): string {
  const machine = facts.site.hosts[host];
  const appliances = appliancesOn(host, facts);
  const others = keepers(facts).filter((keeper) => keeper !== host);
  return page(
    `# ${host} is lost`,
    `${host}${machine?.model ? ` (${machine.model})` : ""} is dead, burnt or stolen, and with it ${appliances.map(([name]) => name).join(", ")}.`,
    "## What it costs",
    costs("host", livesOn(host, facts), facts),
    "The storage strategy allows four hours and a day of data for a lost NAS. Hardware is taken to be at hand.",
    "## Who needs what",
    needs(),
    "## First",
    list(
      "**Are the disks whole?** Then nothing is lost: attach them to another machine and import the pools (step 3). That is the usual case.",
      ...others.map((keeper) => `Delete nothing on ${keeper}: it holds the newest copy.`),
    ),
    "## Do",
    steps(...appliances.flatMap(([name, appliance]) => rebuild({ name, appliance, machine }, "machine", facts))),
    "## Check",
    commands(`npm run verify -- --stack ${facts.stack}`, `npm run drill -- --stack ${facts.stack}`),
    "Let people and clusters back in when both say so.",
  );
}

/** Who has to be there, and what they bring. */
export function needs(): string {
  return table(
    ["who", "what"],
    [
      ["somebody at the machines", "a machine that takes the disks or their shelves; else new disks of the same size"],
      ["the owner", "this project, its state and its passphrase ([state-backend.md](state-backend.md))"],
      ["the owner", "the filled-in [recovery sheet](recovery-sheet.html)"],
    ],
  );
}

/** An appliance, its name, and the machine under it. */
interface Lost {
  readonly name: string;
  readonly appliance: Appliance;
  readonly machine: Host | undefined;
}

/** The steps that make an appliance anew and bring its data back. */
export function rebuild({ name, appliance, machine }: Lost, lost: LostWith, facts: Facts): string[] {
  const installation = installationOf(name);
  const proxmox = machine?.kind === "proxmox" ? `Install Proxmox on ${appliance.host}, and on it` : "Install";
  return [
    `${proxmox} ${name}: [${installation}](${installation}).`,
    "If its configuration was copied, restore it: [appliance-configuration.md](appliance-configuration.md).",
    `Import the pools whose disks are whole:\n\n${commands(
      login(appliance),
      `${midclt(appliance, "job")} pool.import_find`,
      `${midclt(appliance, "job")} pool.import_pool '{"guid": "GUID"}'`,
    )}`,
    `For a pool that is gone, write its new disks into the site ([pool-creation.md](pool-creation.md)). Make everything anew:\n\n${commands(
      "npm run pulumi -- refresh --run-program",
      "npm run pulumi -- up --policy-pack policies",
    )}`,
    pauseTasks(appliance),
    ...waysBack(name, appliance, facts, lost),
    resumeTasks(),
  ];
}
