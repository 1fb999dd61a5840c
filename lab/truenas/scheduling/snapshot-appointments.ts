import { snapshotTaskHold } from "../replication/hold.ts";
import type { AppointmentKind } from "./appointment.ts";
import { expression, nextFiring } from "./cron.ts";
import { snapshotName } from "./naming-schema.ts";
import { runSnapshotTask } from "./snapshot-task-run.ts";

/** Snapshot tasks take their snapshots; of those due at one moment the first name comes first, then the widest reach. */
export const snapshotAppointments: AppointmentKind = {
  name: "snapshot task",
  appointments: ({ state }, { clock }) =>
    state.snapshotTasks
      .values()
      .filter(({ enabled, dataset }) => enabled && snapshotTaskHold(state, dataset) === undefined)
      .map(({ id, schedule, naming_schema, recursive, exclude }) => ({
        key: `${id} ${expression(schedule)} ${schedule.begin} ${schedule.end}`,
        rank: (at) => `${snapshotName(naming_schema, at)} ${recursive ? 0 : 1} ${exclude.length > 0 ? 1 : 0}`,
        next: (after) => nextFiring(schedule, after),
        run: (at) => {
          const task = state.snapshotTasks.get(id);
          if (task !== undefined) runSnapshotTask(state, clock, task, at);
        },
      })),
};
