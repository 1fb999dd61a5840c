import { type DatasetPlan, formatDuration } from "../../../src/site/index.ts";
import { appliancesOn, type Facts, login, midclt } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";

/** A machine that keeps copies dies: nothing is lost yet, but the next loss finds fewer copies. */
export function keeperLost(host: string, facts: Facts): string {
  const { site, planned, stack } = facts;
  const machine = site.hosts[host];
  const rows = planned.flatMap((plan) => lostCopies(plan, host));
  const sent = Object.entries(site.replications).filter(
    ([, { target }]) => site.appliances[target.appliance ?? ""]?.host === host,
  );
  const senders = [...new Set(sent.map(([, { source }]) => source.appliance))];
  return page(
    `# ${host} is lost`,
    `${host}${machine?.model ? ` (${machine.model})` : ""} keeps copies. **No data is lost**; what is lost is what would bring it back.`,
    "## What it costs",
    table(["data", "its copy by", "what is left"], rows),
    "Until it is back, held snapshots pile up on the senders: replication keeps what it has not sent yet. Watch their space.",
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["somebody at the machine", "a machine that takes the disks; else new disks of the same size"],
        ["the owner", "this project, its state, its passphrase, the [recovery sheet](recovery-sheet.html)"],
      ],
    ),
    "## Do",
    steps(
      `Say so in the site, so that nothing waits in vain and the plan tells the truth: \`hosts.${host}.state: offline\` with a reason, and \`up\`.`,
      `Repair or replace it, then follow [replication-setup.md](replication-setup.md). Where its pool is whole, import it: replication goes on from the last common snapshot, and only what is missing travels.`,
      `Where the pool is gone, everything travels again. Allow it for this time with \`fromScratch: true\` at ${sent.map(([name]) => `\`replications.${name}\``).join(", ")}, and take the line out after the first run.`,
    ),
    "## Check",
    commands(
      ...senders.flatMap((name) => {
        const appliance = site.appliances[name];
        return appliance === undefined
          ? []
          : [`${login(appliance)} ${midclt(appliance)} replication.query | jq '.[] | {name, state: .state.state}'`];
      }),
      `npm run plan -- --stack ${stack}`,
      `npm run verify -- --stack ${stack}`,
    ),
    appliancesOn(host, facts).length > 0
      ? ""
      : list(`${host} is no appliance: what copies to it is set up there by hand.`),
  );
}

function lostCopies(plan: DatasetPlan, host: string): string[][] {
  if (plan.isCopy || plan.class === "container") return [];
  const gone = plan.copies.filter((copy) => copy.host === host && copy.tier !== "snapshot");
  if (gone.length === 0) return [];
  const left = plan.copies.filter((copy) => copy.host !== host || copy.tier === "snapshot");
  const names = left.map(({ tier, by, worstAgeSeconds }) => {
    const age = worstAgeSeconds === null ? "" : ` (${formatDuration(worstAgeSeconds)} old at most)`;
    return `${tier} ${by}${age}`;
  });
  return [[`\`${plan.dataset}\``, gone.map(({ by }) => by).join(", "), names.join("; ") || "**nothing**"]];
}
