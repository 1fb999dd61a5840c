import type { AppointmentKind } from "./appointment.ts";
import { expression, nextFiring } from "./cron.ts";
import { runSnapshotTask } from "./snapshot-task-run.ts";

/** Snapshot tasks take their snapshots. */
export const snapshotAppointments: AppointmentKind = {
  name: "snapshot task",
  appointments: ({ state }, { clock }) =>
    state.snapshotTasks
      .values()
      .filter(({ enabled }) => enabled)
      .map(({ id, schedule }) => ({
        key: `${id} ${expression(schedule)} ${schedule.begin} ${schedule.end}`,
        next: (after) => nextFiring(schedule, after),
        run: (at) => {
          const task = state.snapshotTasks.get(id);
          if (task !== undefined) runSnapshotTask(state, clock, task, at);
        },
      })),
};
