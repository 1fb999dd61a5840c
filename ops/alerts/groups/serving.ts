import { type Concern, declared, failures, samples, severityAt } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

/** What appliances offer to others. */
export function serving(concern: Concern): RuleGroup {
  const { stack, site } = concern;

  return {
    name: "serving",
    doc: "Services run, shares and iSCSI targets are offered, machines stay logged in, and all is as declared",
    rules: [
      ...Object.keys(site.appliances).flatMap((appliance) => applianceRules(concern, appliance)),
      ...declared(concern, "IscsiTarget").map(({ appliance, name, inputs }): Rule => {
        const target = String(inputs["name"] ?? name);
        const sessions = samples(concern, "iscsi_sessions", { appliance, target });

        return {
          alert: "IscsiSessionsDropped",
          expr: `${sessions} == 0 and max_over_time(${sessions}[1d]) > 0`,
          for: "10m",
          severity: severityAt(concern, appliance) === "info" ? "info" : "warning",
          labels: { appliance, target },
          summary: `Nobody is logged in to the iSCSI target ${target} of ${appliance} any more`,
          remedy: `Unless it was shut down on purpose, its machine has lost its disk: see the network between them, then iscsiadm -m session there, and npm run verify -- --stack ${stack}`,
        };
      }),
    ],
  };
}

function applianceRules(concern: Concern, appliance: string): Rule[] {
  const about = { for: "10m", labels: { appliance }, severity: severityAt(concern, appliance) } as const;

  return [
    {
      ...{ ...about, alert: "ServiceDown" },
      expr: failures(concern, "service-runs", { appliance }),
      summary: `{{ $labels.subject }} does not run on ${appliance}`,
      remedy: "Those who use it wait or fail. Start it under System, Services; its log says why it stopped.",
    },
    {
      ...{ ...about, alert: "ShareNotServed" },
      expr: failures(concern, "share-is-served", { appliance }),
      summary: `{{ $labels.subject }} is not served by ${appliance}`,
      remedy: `See whether its dataset is mounted and unlocked, then npm run preview -- --stack ${concern.stack}`,
    },
    {
      ...{ ...about, alert: "DeclaredObjectDiffers", for: "1h", severity: "info" },
      expr: failures(concern, "object-is-as-declared", { appliance }),
      summary: `{{ $labels.subject }} on ${appliance} is not as declared`,
      remedy: `Somebody changed it by hand: npm run verify -- --stack ${concern.stack} tells what; take it over into the site or apply the site.`,
    },
  ];
}
