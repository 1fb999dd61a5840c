import { z } from "zod";
import { datasetRef } from "./datasets.ts";
import { lifetime } from "./lifetimes.ts";
import { matching, plainName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { choice, named, reference, text, wholeNumber } from "./value.ts";

const bucket = matching({
  rule: "bucket",
  noun: "a bucket's name",
  allowed: "3 to 63 of a-z, 0-9, - and .",
  remedy: "write the bucket's name as the cloud shows it",
  pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
});

const folder = matching({
  rule: "folder",
  noun: "a folder",
  allowed: "names of a-z, A-Z, 0-9 and _ - . joined by /, without one at either end",
  remedy: "write the path in the bucket, such as restic/photos; leave it out for the whole bucket",
  pattern: "^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$",
});

const offsite = z.strictObject({
  source: datasetRef,
  method: choice(["restic", "cloud-sync", "client"]).meta({ description: "What carries the data away." }),
  cloud: reference("a cloud").meta({ description: "Who keeps it, by name." }),
  bucket: text(bucket).meta({ description: "The bucket that receives it." }),
  folder: text(folder)
    .exactOptional()
    .meta({ description: "Where in the bucket, for this copy alone; the whole bucket when left out." }),
  schedule: schedule().meta({ description: "When." }),
  keep: wholeNumber(1, 10_000, "states", "write how many states are kept")
    .exactOptional()
    .meta({ description: "How many states are kept." }),
  versions: lifetime()
    .exactOptional()
    .meta({ description: "How long the bucket keeps what is deleted or overwritten in it, as it is set up there." }),
  onDestroy: choice(["refuse", "retain"]).default("refuse").meta({
    description: "What taking its lines out means: refused, or the repository stays and its password is forgotten.",
  }),
});

/** Copies outside the house, by name. */
export const offsites = named(plainName, offsite)
  .default({})
  .meta({ description: "Copies outside the house, by name." });
