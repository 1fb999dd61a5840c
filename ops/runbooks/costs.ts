import { type DatasetPlan, formatDuration, type Loss, recoveryFrom } from "../../src/site/index.ts";
import { type Facts, isData } from "./facts.ts";
import { list, table } from "./markdown.ts";

/** What a loss costs now, and what it will cost once every machine is there. */
export function costs(loss: Loss, hit: (plan: DatasetPlan) => boolean, facts: Facts): string {
  const now = costTable(loss, facts.plan.filter(hit), facts);
  if (facts.absent.length === 0) return now;
  const later = costTable(loss, facts.planned.filter(hit), facts);
  return now === later ? now : [now, `**Once ${facts.absent.join(" and ")} is there:**`, later].join("\n\n");
}

/** The expected time until everything is back that a loss takes, and whether data is lost for good. */
export function verdict(loss: Loss, hit: (plan: DatasetPlan) => boolean, { plan, site }: Facts): string {
  const { seconds, back, lost } = recoveryFrom(loss, plan.filter(hit), site);
  const gone = lost.length === 0 ? "nothing is lost for good" : `${lost.length} datasets are lost for good`;
  return back.length === 0 ? gone : `back after about ${formatDuration(seconds)}; ${gone}`;
}

function costTable(loss: Loss, plans: readonly DatasetPlan[], { site }: Facts): string {
  const { seconds, back, lost } = recoveryFrom(loss, plans, site);
  const rows = back.map(({ plan, from }) => [
    `\`${plan.dataset}\``,
    from.tier === "snapshot" ? `its ${from.by} snapshots` : `\`${from.medium}\` (${from.tier} ${from.by})`,
    told(plan.rpo[loss]),
    told(plan.rto[loss]),
  ]);
  const all = back.length === 0 ? "" : `All that comes back: about **${formatDuration(seconds)}**.`;
  const gone = lost.map(
    ({ dataset, class: dataClass, bytes }) => `\`${dataset}\` (${dataClass}, up to ${sizeOf(bytes)})`,
  );
  return [
    table(["data", "comes back from", "lost at most", "back after, alone"], rows),
    all,
    gone.length === 0 ? "" : `**Lost for good**, since no copy outlives this:\n\n${list(...gone)}`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** Whether a dataset has its home on a machine. */
export function livesOn(host: string, { site }: Facts): (plan: DatasetPlan) => boolean {
  return (plan) => isData(plan) && site.appliances[plan.appliance]?.host === host;
}

/** Whether a dataset has its home in a pool. */
export function livesIn(appliance: string, pool: string): (plan: DatasetPlan) => boolean {
  return (plan) => isData(plan) && plan.appliance === appliance && plan.dataset.startsWith(`${pool}/`);
}

function told(seconds: number | null): string {
  return seconds === null ? "–" : formatDuration(seconds);
}

function sizeOf(bytes: number): string {
  return `${Number((bytes / 1e12).toFixed(2))} TB`;
}
