import { z } from "zod";
import { schedule } from "./schedules.ts";
import { wholeNumber } from "./value.ts";

/** When a pool is read through and verified. */
export const scrub = z.strictObject({
  schedule: schedule().meta({ description: "When a scrub may start." }),
  threshold: wholeNumber(0, 365, "days", "write the days that must lie between two scrubs").meta({
    description: "A scrub starts only when the last one lies at least so many days back.",
  }),
});
