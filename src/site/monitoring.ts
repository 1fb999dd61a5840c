import { z } from "zod";
import { plainName } from "./names.ts";
import { choice, named, wholeNumber } from "./value.ts";
import { CAPACITY_ALERTS, MIN_HEADROOM, WATCHED_SUBJECTS } from "./vocabulary.ts";

const percent = (least: number, remedy: string) => wholeNumber(least, 100, "percent", remedy);

const monitor = z.strictObject({
  watches: z
    .array(choice(WATCHED_SUBJECTS))
    .min(1)
    .meta({ description: "What it tells somebody of, on every appliance." }),
});

/** What is to be watched, and what watches it from outside this program. */
export const monitoring = z
  .strictObject({
    minHeadroom: percent(0, "write the share of a pool that stays free of promises")
      .default(MIN_HEADROOM)
      .meta({ description: "Share of each pool that is to stay free of promises, in percent." }),
    capacityAlerts: z
      .array(percent(1, "write fill levels in percent"))
      .default([...CAPACITY_ALERTS])
      .meta({ description: "Fill levels at which somebody is told, in percent." }),
    monitors: named(plainName, monitor)
      .default({})
      .meta({ description: "Monitors that are set up outside this program, by name (ADR-0028)." }),
  })
  .prefault({})
  .meta({ description: "What is watched, and by whom." });
