import { at, numberAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { POOL, SCRUB_TASK } from "../tokens.ts";
import { inWords, longestGap } from "./intervals.ts";

const DAY = 24 * 3600;

/** Only a scrub finds the block that rotted before the disk beside it dies. */
export const poolIsScrubbed: Rule = {
  name: "pool-is-scrubbed",
  description: "Every pool must be scrubbed regularly.",
  source: "D4 §5, ADR-0014",
  remedy: "give the pool a `scrub` in the site",
  severity: "high",
  weight: "always",
  configSchema: { properties: { mostDays: { type: "number", default: 35 } } },
  judges: [POOL],
  judge(pool, stack, settings) {
    const tasks = stack.where(SCRUB_TASK, pool.home, "pool", textAt(pool.props, "name") ?? "");
    const running = tasks.filter(({ props }) => props["enabled"] !== false);
    const most = (numberAt(settings, "mostDays") ?? 35) * DAY;
    const gap = Math.min(...running.map(({ props }) => distance(props)));
    if (gap <= most) return [];
    const seen = running.length === 0 ? "is never scrubbed" : `is scrubbed every ${inWords(gap)} only`;
    return [`${seen} and must be at least every ${inWords(most)}`];
  },
};

/** Time between two scrubs: the schedule's, stretched to the days that must have passed since the last. */
function distance(task: unknown): number {
  return Math.max(longestGap(at(task, "schedule")), (numberAt(task, "threshold") ?? 35) * DAY);
}
