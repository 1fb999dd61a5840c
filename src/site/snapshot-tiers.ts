import { z } from "zod";
import { lifetime } from "./lifetimes.ts";
import { plainName } from "./names.ts";
import { namingSchema } from "./naming-schemas.ts";
import { schedule } from "./schedules.ts";
import { flag, named, reference } from "./value.ts";

const tier = z.strictObject({
  schedule: schedule().meta({ description: "When snapshots are taken, in the appliance's time zone." }),
  lifetime: lifetime().meta({ description: "How long each is kept (ADR-0008)." }),
  namingSchema: namingSchema()
    .exactOptional()
    .meta({ description: "How they are named; the tier's name, date and time when left out." }),
  allowEmpty: flag().default(true).meta({ description: "Whether one is taken when nothing has changed." }),
});

/** Rhythms of snapshots, by name. */
export const snapshotTiers = named(plainName, tier)
  .transform((tiers) =>
    Object.fromEntries(
      Object.entries(tiers).map(([name, spec]) => [name, { namingSchema: `${name}-%Y-%m-%d_%H-%M`, ...spec }]),
    ),
  )
  .meta({ description: "Rhythms of snapshots, by name." });

/** The snapshots that a dataset or zvol asks for. */
export const snapshots = z
  .array(
    z.strictObject({
      tier: reference("a snapshot tier").meta({ description: "The rhythm, by name." }),
      recursive: flag().default(false).meta({ description: "Whether everything below is included." }),
      exclude: z
        .array(reference("a dataset below"))
        .default([])
        .meta({ description: "Datasets below that are left out, by path in the pool." }),
    }),
  )
  .default([])
  .meta({ description: "Snapshot tasks." });
