import { z } from "zod";
import { hostName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { named, reference, wholeNumber } from "./value.ts";

const configurationCopy = z.strictObject({
  dataset: reference("a dataset, pool first").meta({
    description: "The appliance's own dataset that keeps the copies; what carries it away protects them.",
  }),
  schedule: schedule().meta({ description: "When." }),
  keep: wholeNumber(1, 400, "copies", "write how many copies are kept")
    .default(30)
    .meta({ description: "How many copies are kept; 30 when left out." }),
});

/** Encrypted copies of what an appliance is configured to be, its database and secret seed, by appliance. */
export const configurationCopies = named(hostName, configurationCopy)
  .default({})
  .meta({ description: "Encrypted copies of appliances' own configuration, by appliance." });
