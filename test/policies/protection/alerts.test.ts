import { capacityAlertsAreSent } from "../../../policies/protection/capacity-alerts-are-sent.ts";
import { replicationAlertsAreSent } from "../../../policies/protection/replication-alerts-are-sent.ts";
import { scrubAlertsAreSent } from "../../../policies/protection/scrub-alerts-are-sent.ts";
import { smartAlertsAreSent } from "../../../policies/protection/smart-alerts-are-sent.ts";
import { ALERT_CLASSES } from "../../../src/site/vocabulary.ts";
import { dataset, type Judgeable, pool, replication, truenas, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const mail = truenas("AlertService", "mail", { level: "WARNING", enabled: true });
const deaf = truenas("AlertService", "mail", { level: "CRITICAL", enabled: true });
const monitor = (...watches: string[]): Judgeable => ({
  type: "homelab:protection:ExternalMonitor",
  name: "nas/prometheus",
  props: { watches },
  on: "nas",
});
const task = replication("tank/a", "backup/a");

const CASES = [
  {
    rule: capacityAlertsAreSent,
    subject: "capacity",
    watched: pool("tank"),
    noun: 'pool "nas/tank"',
    words: "pools and quotas that fill up",
  },
  {
    rule: scrubAlertsAreSent,
    subject: "scrub",
    watched: pool("tank"),
    noun: 'pool "nas/tank"',
    words: "scrubs that fail and pools that degrade",
  },
  {
    rule: smartAlertsAreSent,
    subject: "smart",
    watched: pool("tank"),
    noun: 'pool "nas/tank"',
    words: "failing disks",
  },
  {
    rule: replicationAlertsAreSent,
    subject: "replication",
    watched: task,
    noun: 'replication task "nas/copy of tank/a"',
    words: "replications that fail",
  },
] as const;

for (const { rule, subject, watched, noun, words } of CASES) {
  const [alert = ""] = ALERT_CLASSES[subject];
  const silence = truenas("AlertPolicy", "classes", { classes: { [alert]: { policy: "NEVER" } } });
  const unheard = `${noun} must have its alerts on ${words} sent to somebody`;

  testRule(rule, {
    violates: [
      [[watched], unheard],
      [[watched, deaf], unheard],
      [[watched, { ...mail, on: "vault" }], unheard],
      [[watched, monitor("else")], unheard],
      [[watched, mail, silence], `${noun} silences ${alert} and must let alerts on ${words} be sent`],
    ],
    complies: [
      [watched, mail],
      [watched, monitor(subject)],
      [watched, deaf, mail],
    ],
    ignores: [[dataset("tank/a", "runtime")]],
    undecided: [[watched, truenas("AlertService", "mail", { level: UNKNOWN })], watched.name],
  });
}
