import type { Judged } from "../judged.ts";
import { longestGapOf } from "../protection/intervals.ts";
import { at, textAt, textsAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { CRON_JOB, VELERO_SCHEDULE } from "../tokens.ts";
import { backendOfClaim, ON_NAS } from "./backends.ts";
import { namespaceOf, volumesOf } from "./workloads.ts";

/**
 * How often a claim's data is written to the NAS, as the longest time between two backups in seconds: by a CronJob that
 * mounts the claim beside a volume of the NAS, or by a Velero schedule of its namespace. Undefined when nobody does.
 */
export function backupIntervalOf(claim: Judged, stack: Stack): number | undefined {
  const intervals = [
    ...stack.of(CRON_JOB).filter((job) => copiesToNas(job, claim, stack)),
    ...stack.of(VELERO_SCHEDULE).filter((schedule) => includes(schedule, claim)),
  ].map((job) => longestGapOf(textAt(job.props, "spec", "schedule") ?? ""));

  return intervals.length === 0 ? undefined : Math.min(...intervals);
}

function copiesToNas(job: Judged, claim: Judged, stack: Stack): boolean {
  if (job.home !== claim.home || at(job.props, "spec", "suspend") === true) return false;
  const volumes = volumesOf(job, stack);
  const others = volumes.filter((volume) => volume.claim !== claim);
  return others.length < volumes.length && others.some((volume) => liesOnNas(volume.source, volume.claim, stack));
}

function liesOnNas(source: unknown, claim: Judged | undefined, stack: Stack): boolean {
  if (at(source, "nfs") !== undefined || at(source, "iscsi") !== undefined) return true;
  return claim !== undefined && ON_NAS.includes(backendOfClaim(claim, stack));
}

function includes(schedule: Judged, claim: Judged): boolean {
  const namespaces = textsAt(schedule.props, "spec", "template", "includedNamespaces");
  if (schedule.home !== claim.home) return false;
  return namespaces.length === 0 || namespaces.includes("*") || namespaces.includes(namespaceOf(claim));
}
