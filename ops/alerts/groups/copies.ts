import { capacityTable, carriedTasks, formatSize, type Offsite, type Replication } from "../../../src/site/index.ts";
import { allowedAge, formatSeconds } from "../../verify/ages.ts";
import { type Concern, failures, samples, severityAt } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

/** Snapshots that wait to be replicated may hold this share of their pool before somebody is told. */
const HELD_SHARE = 0.05;

/** Copies on other machines and outside the house. */
export function copies(concern: Concern): RuleGroup {
  const { replications, offsites } = concern.site;

  return {
    name: "copies",
    doc: "Copies keep up with their source, by their interval and the grace, and hold no space back",
    rules: [
      ...Object.entries(replications)
        .filter(([, { method, target }]) => method === "zfs" && target.dataset !== undefined)
        .flatMap(([name, replication]) => replicationRules(concern, name, replication)),
      ...Object.entries(offsites)
        .filter(([, { method }]) => method !== "client")
        .flatMap(([name, offsite]) => offsiteRules(concern, name, offsite)),
    ],
  };
}

function replicationRules(concern: Concern, replication: string, spec: Replication): Rule[] {
  const { source, target, schedule } = spec;
  const { appliance, dataset } = source;
  const labels = { appliance, replication };
  const severity = severityAt(concern, appliance, dataset);
  const runbook = "replication-setup.md";
  const lags = carriedTasks(concern.site, spec).map(({ tier, schedule: rhythm }): Rule => {
    const age = samples(concern, "replication_age_seconds", { ...labels, tier });
    const limit = allowedAge(schedule ?? rhythm, concern.site.monitoring.grace.replication) / 1000;
    const nothing = failures(concern, "replication-is-recent", { appliance, subject: `${replication} ${tier}` });

    return {
      ...{ alert: "ReplicationLags", for: "1m", severity, labels: { ...labels, tier }, runbook },
      expr: `${age} > ${limit} or ${nothing} unless on (appliance) ${age}`,
      summary: `The copy of ${dataset} on ${target.appliance} is older than ${formatSeconds(limit)}`,
      remedy: `See whether ${target.appliance} runs, then the log of the task ${replication}. The source is unharmed; what is written since is not copied yet.`,
    };
  });

  return [
    ...lags,
    {
      ...{ alert: "ReplicationFails", for: "15m", severity, labels, runbook },
      expr: failures(concern, "replication-is-recent", { appliance, subject: replication }),
      summary: `The last run of ${replication} on ${appliance} failed`,
      remedy:
        "The task's log under Data Protection says what stopped it. A target that has lost the common snapshot needs a decision, not a retry.",
    },
    ...heldRules(concern, replication, spec),
  ];
}

function heldRules(concern: Concern, replication: string, { source }: Replication): Rule[] {
  const { appliance, dataset } = source;
  const labels = { appliance, replication };
  const pool = dataset.split("/")[0] ?? dataset;
  const usable = capacityTable(concern.site).find((row) => row.appliance === appliance && row.pool === pool)?.usable;
  const most = usable === undefined ? undefined : Math.floor(usable * HELD_SHARE);
  const remedy =
    "They stay until the copy has them, and go by themselves then. Do not delete them: replication would have to begin anew.";

  return [
    {
      ...{ alert: "SnapshotsHeld", for: "1d", severity: "info", labels },
      expr: `${samples(concern, "pending_snapshots", labels)} > 0`,
      summary: `Snapshots of ${dataset} on ${appliance} have been kept beyond their time for ${replication}`,
      remedy,
    },
    ...(most === undefined
      ? []
      : [
          {
            ...{ alert: "SnapshotsHoldSpace", for: "1h", severity: "warning" as const, labels },
            expr: `${samples(concern, "pending_snapshots_bytes", labels)} > ${most} and ${samples(concern, "pending_snapshots", labels)} > 0`,
            summary: `Snapshots that wait for ${replication} may hold more than ${formatSize(most)} of ${pool} on ${appliance}`,
            remedy,
          },
        ]),
  ];
}

function offsiteRules(concern: Concern, offsite: string, { source, schedule }: Offsite): Rule[] {
  const { appliance, dataset } = source;
  const about = { labels: { appliance, offsite }, severity: severityAt(concern, appliance, dataset) };
  const age = samples(concern, "offsite_age_seconds", about.labels);
  const limit = allowedAge(schedule, concern.site.monitoring.grace.offsite) / 1000;
  const wrong = failures(concern, "offsite-copy-is-recent", { appliance, subject: offsite });

  return [
    {
      ...{ ...about, alert: "OffsiteStale", for: "1m", runbook: "restic-by-hand.md" },
      expr: `${age} > ${limit}`,
      summary: `The copy of ${dataset} outside the house is older than ${formatSeconds(limit)}`,
      remedy:
        "See the task under Data Protection, Cloud: quota of the account, expired key, line to the house. Run it by hand once cured.",
    },
    {
      ...{ ...about, alert: "OffsiteFails", for: "15m", runbook: "restic-by-hand.md" },
      expr: `${wrong} unless on (appliance) ${age} > ${limit}`,
      summary: `The copy ${offsite} of ${dataset} outside the house fails, or cannot be read`,
      remedy:
        "The log of the task says what stopped it. A repository that cannot be read is no copy: restore one file by hand.",
    },
  ];
}
