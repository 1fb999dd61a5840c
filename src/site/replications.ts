import { z } from "zod";
import { datasetRef } from "./datasets.ts";
import { lifetime } from "./lifetimes.ts";
import { plainName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { choice, flag, named, reference, words } from "./value.ts";

const target = z.strictObject({
  appliance: reference("an appliance")
    .exactOptional()
    .meta({ description: "The receiving appliance; with `dataset`." }),
  dataset: reference("a dataset, pool first")
    .exactOptional()
    .meta({ description: "The receiving dataset, pool first." }),
  host: reference("a host")
    .exactOptional()
    .meta({ description: "A receiving machine that is no appliance; with `path`." }),
  path: words(255).exactOptional().meta({ description: "Where on that machine." }),
});

const replication = z.strictObject({
  source: datasetRef,
  target,
  method: choice(["zfs", "syncthing", "rsync"]).default("zfs").meta({ description: "What carries the data." }),
  tier: reference("a snapshot tier").exactOptional().meta({ description: "The tier whose snapshots are carried." }),
  schedule: schedule().exactOptional().meta({ description: "When; after every snapshot of the tier when left out." }),
  recursive: flag().default(false).meta({ description: "Whether everything below goes along." }),
  exclude: z
    .array(reference("a dataset below"))
    .default([])
    .meta({ description: "Datasets below that are left out, by path in the pool." }),
  lifetime: lifetime()
    .exactOptional()
    .meta({ description: "How long copies are kept; as at the source, and 14 days at least, when left out." }),
  fromScratch: flag()
    .default(false)
    .meta({ description: "Whether the target is empty and may be overwritten; for the first run only." }),
});

/** Copies inside the house, by name. */
export const replications = named(plainName, replication)
  .default({})
  .meta({ description: "Copies on another pool or host, by name." });
