import type { ConfigurationCopies } from "../../src/site/index.ts";
import { CronJob, Dataset } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { keyOf, plan } from "../storage/planned.ts";
import type { TrueNas } from "../storage/true-nas.ts";
import { configurationCopyJob } from "./configuration-copy.ts";

/** Lets an appliance copy its own configuration into one of its datasets, where the site says so. */
export function copyConfiguration(nas: TrueNas, copies: ConfigurationCopies | undefined): void {
  const spec = copies?.appliances[nas.label];
  if (copies === undefined || spec === undefined) return;
  const { dataset, schedule, keep } = spec;
  const { certificate } = copies;
  const job = configurationCopyJob({ appliance: nas.label, directory: `/mnt/${dataset}`, certificate, keep, schedule });
  const after = [keyOf({ type: tokenOf(Dataset), name: dataset })];

  nas.place(plan(CronJob, "configuration copy", job, { after }));
}
