import type { Schedule } from "../../../src/site/index.ts";
import { allowedAge } from "../../verify/ages.ts";
import { type Concern, declared, failures, samples, severityAt } from "../concern.ts";
import type { RuleGroup } from "../rule.ts";

/** Snapshots on the same pool. */
export function snapshots(concern: Concern): RuleGroup {
  const { grace } = concern.site.monitoring;

  return {
    name: "snapshots",
    doc: "Every snapshot task takes its snapshots",
    rules: declared(concern, "SnapshotTask")
      .filter(({ inputs }) => inputs["allowEmpty"] !== false)
      .map(({ appliance, name, inputs }) => {
        const age = samples(concern, "snapshot_age_seconds", { appliance, task: name });
        const limit = allowedAge(inputs["schedule"] as Schedule, grace.snapshots) / 1000;

        return {
          alert: "SnapshotsMissing",
          expr: `${age} > ${limit} or ${failures(concern, "snapshot-is-recent", { appliance, subject: name })} unless on (appliance) ${age}`,
          for: "15m",
          severity: severityAt(concern, appliance, String(inputs["dataset"])),
          labels: { appliance, task: name },
          summary: `The task ${name} on ${appliance} has taken no snapshot in time`,
          remedy:
            "See Data Protection, Periodic Snapshot Tasks: its state says why. Until it runs, what is deleted is gone.",
          runbook: "dataset-deleted.md",
        };
      }),
  };
}
