import { hoursOf } from "../lifetimes.ts";
import { formatSchedule, gapsInHours } from "../schedules.ts";
import { poolsOf } from "../walk.ts";
import type { Check } from "./check.ts";

/** A scrub's threshold lets every run happen: the last one must never lie too near. */
export const scrubThreshold: Check = {
  rule: "scrub-threshold",
  find: ({ site }) =>
    poolsOf(site).flatMap(({ spec: { scrub }, path: top }) => {
      if (scrub === undefined) return [];
      const days = gapsInHours(scrub.schedule).shortest / 24;
      if (scrub.threshold < days) return [];

      const path = [...top, "scrub", "threshold"];
      const rounded = Number(days.toFixed(2));
      const says = `${scrub.threshold} days are not below the ${rounded} between runs of "${formatSchedule(scrub.schedule)}"`;
      const most = Math.ceil(days) - 1;
      return [{ path, says, allowed: `0 to ${most}`, remedy: `write ${most}, or run less often` }];
    }),
};

/** A snapshot lives until the next one is taken. */
export const lifetimeOutlivesInterval: Check = {
  rule: "lifetime-outlives-interval",
  find: ({ site }) =>
    Object.entries(site.snapshotTiers).flatMap(([name, tier]) => {
      const gap = gapsInHours(tier.schedule).longest;
      const kept = hoursOf(tier.lifetime);
      if (kept >= gap) return [];

      const path = ["snapshotTiers", name, "lifetime"];
      const says = `${kept} hours are over before the next snapshot, up to ${Number(gap.toFixed(2))} hours later`;
      return [
        { path, says, allowed: `${Math.ceil(gap)} hours or more`, remedy: "keep them longer, or take them more often" },
      ];
    }),
};
