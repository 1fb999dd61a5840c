import { z } from "zod";
import { lifetime } from "./lifetimes.ts";
import { plainName } from "./names.ts";
import { schedule } from "./schedules.ts";
import { choice, named, wholeNumber } from "./value.ts";
import { CAPACITY_ALERTS, MIN_HEADROOM, WATCHED_SUBJECTS } from "./vocabulary.ts";

const percent = (least: number, remedy: string) => wholeNumber(least, 100, "percent", remedy);

const monitor = z.strictObject({
  watches: z
    .array(choice(WATCHED_SUBJECTS))
    .min(1)
    .meta({ description: "What it tells somebody of, on every appliance." }),
});

const grace = z
  .strictObject({
    snapshots: lifetime().prefault("1 hour").meta({ description: "For snapshots; 1 hour when left out." }),
    replication: lifetime().prefault("1 hour").meta({ description: "For copies inside the house; 1 hour." }),
    offsite: lifetime().prefault("12 hours").meta({ description: "For copies outside the house; 12 hours." }),
    scrub: lifetime().prefault("2 days").meta({ description: "For scrubs of pools; 2 days." }),
  })
  .prefault({});

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
    grace: grace.meta({
      description: "How late something may be, beyond the interval of its schedule, before it counts as missing.",
    }),
    smartTests: z
      .strictObject({
        short: schedule().exactOptional().meta({ description: "Minutes long: electronics and a part of the surface." }),
        long: schedule().exactOptional().meta({ description: "Hours long: the whole surface." }),
      })
      .default({})
      .meta({ description: "When the disks of every appliance test themselves; never when left out." }),
    monitors: named(plainName, monitor)
      .default({})
      .meta({ description: "Monitors that are set up outside this program, by name (ADR-0028)." }),
  })
  .prefault({})
  .meta({ description: "What is watched, and by whom." });
