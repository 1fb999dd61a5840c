import { type Concern, failures, samples, severityAt } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

/** Whether anybody looks at all: without that, silence means nothing. */
export function watching(concern: Concern): RuleGroup {
  const { stack, site } = concern;
  const timestamp = samples(concern, "verify_timestamp_seconds");

  return {
    name: "watching",
    doc: "The verification runs, appliances answer, and what they tell themselves is passed on",
    rules: [
      {
        alert: "NotVerified",
        expr: `time() - ${timestamp} > 3600 or absent(${timestamp})`,
        for: "15m",
        severity: "critical",
        summary: `Nobody has looked at ${stack} for more than an hour`,
        remedy: `Every other alert of ${stack} may be missing. See why the timer did not run: npm run verify -- --stack ${stack}`,
      },
      ...Object.entries(site.appliances).flatMap(([appliance, { host }]): Rule[] => [
        {
          alert: "ApplianceSilent",
          expr: failures(concern, "appliance-answers", { appliance }),
          for: "15m",
          severity: "critical",
          labels: { appliance },
          summary: `${appliance} does not answer`,
          remedy: `See whether ${host} runs and its network is up. What lies on ${appliance} cannot be watched meanwhile.`,
          runbook: `lost-${host}.md`,
        },
        {
          alert: "ApplianceShowsAlert",
          expr: `${samples(concern, "alerts", { appliance }).replace(/}$/, ',level=~"ERROR|CRITICAL|ALERT|EMERGENCY"}')} > 0`,
          for: "15m",
          severity: severityAt(concern, appliance),
          labels: { appliance },
          summary: `${appliance} itself shows {{ $value }} alerts of level {{ $labels.level }}`,
          remedy:
            "Open the bell at the top of its web interface: each alert says what to do; dismiss what is dealt with.",
        },
      ]),
    ],
  };
}
