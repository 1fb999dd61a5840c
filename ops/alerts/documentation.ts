import { ALERT_CLASSES, type Site, type WatchedSubject } from "../../src/site/index.ts";
import { ALERT_CLASS_FACTS } from "../../truenas/index.ts";
import { page, table } from "../runbooks/markdown.ts";
import { allRules } from "./all-rules.ts";

const SUBJECTS: Readonly<Record<WatchedSubject, string>> = {
  capacity: "pools at 85, 90 and 95 %, quotas at the thresholds of the site",
  scrub: "scrubs that are paused, pools that are degraded or have errors",
  smart: "disks that fail their tests or wear out",
  replication: "replications that fail",
  snapshots: "snapshots that fail, or become too many",
  offsite: "copies outside the house that fail",
};

const INTRODUCTION = `# Alerts

<!-- Written by ops/alerts/write-docs.ts from the alert classes and the rules themselves; do not edit. -->

Two notice that something is wrong. TrueNAS tells by mail and Slack, as \`alerts\` in the site says. What it does not notice
Prometheus does (ADR-0046), from the metrics that the verification writes and those of the machines that use the appliances:

    */15 * * * *  npm run verify -- --stack prod --prometheus /var/lib/node_exporter/textfile/homelab.prom

    npm run alerts:rules -- --stack prod    # writes docs/monitoring/prod, to be installed in Prometheus and Alertmanager
    npm run alerts:test -- --stack prod     # sends one test through every channel; exit code 1 when one fails
                                            # --json FILE (- for standard output) says so to machines

What is delivered is known as far as this: a mail when its server took it, Slack when it took the message; of syslog an
appliance knows nothing. TrueNAS repeats a refused mail three times, ten minutes apart, then drops it.`;

/** What somebody is told of, who notices, when, and through what. */
export function documentation(stack: string, site: Site): string {
  return page(
    INTRODUCTION,
    "## What TrueNAS notices",
    table(["What", "Class", "Level", "When it is noticed", "Releases"], classRows()),
    "Each is told at once, hourly, daily or never, as `alerts.told` says.",
    "## What Prometheus notices",
    `The rules of ${stack}; those of other stacks differ in their limits.`,
    table(["What", "Rule", "Severity", "After", "From"], ruleRows(stack, site)),
  );
}

function classRows(): string[][] {
  return Object.entries(ALERT_CLASSES).flatMap(([subject, classes]) =>
    classes.map((name) => {
      const facts = ALERT_CLASS_FACTS[name];
      return [
        SUBJECTS[subject as WatchedSubject],
        `\`${name}\``,
        facts?.level ?? "",
        facts?.notices ?? "",
        facts?.only ?? "all",
      ];
    }),
  );
}

function ruleRows(stack: string, site: Site): string[][] {
  return allRules({ stack, site }).flatMap(({ doc, rules }) =>
    [...Map.groupBy(rules, ({ alert }) => alert)].map(([alert, alike]) => [
      doc,
      `\`${alert}\``,
      [...new Set(alike.map(({ severity }) => severity))].join(", "),
      [...new Set(alike.map((rule) => rule.for))].join(", "),
      sourceOf(alike.map(({ expr }) => expr).join(" ")),
    ]),
  );
}

function sourceOf(expr: string): string {
  if (expr.includes("homelab_")) return "verify";

  return expr.includes("node_") ? "node_exporter" : "kubelet";
}
