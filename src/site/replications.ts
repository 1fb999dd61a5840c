import { z } from "zod";
import { datasetRef } from "./datasets.ts";
import { lifetime } from "./lifetimes.ts";
import { plainName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { choice, flag, named, reference, wholeNumber, words } from "./value.ts";

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
  lifetime: lifetime()
    .exactOptional()
    .meta({ description: "How long copies are kept; as at the source when left out." }),
});

/** Copies inside the house, by name. */
export const replications = named(plainName, replication).meta({
  description: "Copies on another pool or host, by name.",
});

const offsite = z.strictObject({
  source: datasetRef,
  method: choice(["restic", "cloud-sync", "client"]).meta({ description: "What carries the data away." }),
  provider: choice(["b2", "s3"]).meta({ description: "Who keeps it; b2 is reached through its S3 endpoint." }),
  bucket: words(63).meta({ description: "The bucket that receives it." }),
  schedule: schedule().meta({ description: "When." }),
  keep: wholeNumber(1, 10_000, "states", "write how many states are kept")
    .exactOptional()
    .meta({ description: "How many states are kept." }),
});

/** Copies outside the house, by name. */
export const offsites = named(plainName, offsite).meta({ description: "Copies outside the house, by name." });
