import { scrubIfDue } from "../zfs/scrub.ts";
import type { AppointmentKind } from "./appointment.ts";
import { expression, nextFiring } from "./cron.ts";

/** Pools are scrubbed. */
export const scrubAppointments: AppointmentKind = {
  name: "scrub",
  appointments: ({ state }) =>
    state.scrubTasks
      .values()
      .filter(({ enabled }) => enabled)
      .map(({ id, schedule, threshold, pool: poolId }) => ({
        key: `${id} ${expression(schedule)}`,
        next: (after) => nextFiring(schedule, after),
        run: (at) => {
          const pool = state.pools.get(poolId);
          if (pool !== undefined) scrubIfDue(state, pool, threshold, at);
        },
      })),
};
