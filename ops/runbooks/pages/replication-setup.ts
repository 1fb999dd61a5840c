import { formatDuration, formatSchedule, type Replication } from "../../../src/site/index.ts";
import { type Facts, login, midclt } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";
import { installationOf } from "./appliance-installation.ts";

/** A receiving machine comes online, for the first time or again. */
export function replicationSetup(facts: Facts): string {
  const { site, stack, absent } = facts;
  const copies = Object.entries(site.replications).filter(([, { method }]) => method === "zfs");
  const receivers = new Set(copies.map(([, { target }]) => target.appliance ?? ""));
  const hosts = [...receivers].map((name) => site.appliances[name]?.host ?? "");
  const waiting = hosts.filter((host) => absent.includes(host));
  return page(
    "# Replication is set up",
    `${waiting.length > 0 ? `${waiting.join(" and ")} is not there yet; once it is` : "Once a receiving machine is there"}, copies go to it by themselves.`,
    "## What is carried",
    table(
      ["copy", "from", "to", "when", "first run, if all quotas are full"],
      copies.map(([name, copy]) => carried(name, copy, facts)),
    ),
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["somebody at the machine", "its installer on a stick; for half an hour"],
        ["the owner", "this project, its state and its passphrase; an SSH key for the appliance's administrator"],
      ],
    ),
    "## Do",
    steps(...[...receivers].flatMap((name) => receive(name, facts)), together([...receivers]), firstRun(copies)),
    "## Check",
    commands(...senders(copies, facts), `npm run plan -- --stack ${stack}`, `npm run verify -- --stack ${stack}`),
    list(
      "The plan no longer shows the machine in brackets, and its waivers can go: an unused waiver is a violation.",
      `Then the restore tests from it: \`npm run drill -- --stack ${stack}\`, and commit their evidence.`,
    ),
  );
}

function carried(name: string, copy: Replication, { planned, site }: Facts): string[] {
  const { source, target, tier, schedule, recursive } = copy;
  const found = planned.filter(
    ({ appliance, copies }) => appliance === source.appliance && copies.some(({ by }) => by === name),
  );
  const whole = found.filter(({ dataset }) => !found.some((above) => dataset.startsWith(`${above.dataset}/`)));
  const bytes = whole.reduce((sum, plan) => sum + plan.bytes, 0);
  const rhythm = site.snapshotTiers[tier ?? ""]?.schedule;
  const when = schedule
    ? `\`${formatSchedule(schedule)}\``
    : `after ${tier ?? "every"} snapshots${rhythm ? ` (\`${formatSchedule(rhythm)}\`)` : ""}`;
  return [
    name,
    `\`${source.appliance}:${source.dataset}\`${recursive ? " and all below" : ""}`,
    `\`${target.appliance}:${target.dataset}\``,
    when,
    formatDuration(bytes / STREAM),
  ];
}

/** One stream of zfs send and receive, in bytes per second (ADR-0041). */
const STREAM = 400e6;

/** A machine is made ready, unless it is the one that is there already. */
function receive(name: string, { site, stack, absent }: Facts): string[] {
  const appliance = site.appliances[name];
  if (appliance === undefined) return [];
  const { host, ssh } = appliance;
  const known = `State its host key, which \`cat /etc/ssh/ssh_host_ed25519_key.pub\` prints on the console of ${name}, as \`appliances.${name}.ssh.hostKey\` in \`Pulumi.${stack}.yaml\`: nothing is sent to a machine that is not known.`;
  if (absent.length > 0 && !absent.includes(host)) return ssh.hostKey === undefined ? [known] : [];
  return [
    `Switch ${host} on and install ${name}: [${installationOf(name)}](${installationOf(name)}).`,
    "Confirm its disks: [pool-creation.md](pool-creation.md).",
  ];
}

function together(receivers: readonly string[]): string {
  const accounts = `the account on ${receivers.join(" and on ")} that can do nothing but receive`;
  return `One \`up\` makes everything: the key pair on the sender, ${accounts}, the pinned host key, the tasks:\n\n${commands(
    "npm run pulumi -- up --policy-pack policies",
  )}`;
}

function firstRun(copies: readonly [string, Replication][]): string {
  const names = copies.map(([name]) => name).join(", ");
  return `The first run needs an empty target. Where one is not empty and may be overwritten, say \`fromScratch: true\` at the replication (${names}), run \`up\`, and take the line out again afterwards.`;
}

function senders(copies: readonly [string, Replication][], { site }: Facts): string[] {
  const names = new Set(copies.map(([, { source }]) => source.appliance));
  return [...names].flatMap((name) => {
    const appliance = site.appliances[name];
    return appliance === undefined
      ? []
      : [`${login(appliance)} ${midclt(appliance)} replication.query | jq '.[] | {name, state: .state.state}'`];
  });
}
