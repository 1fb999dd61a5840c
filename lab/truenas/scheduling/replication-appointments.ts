import { replicationHold, snapshotTaskHold } from "../replication/hold.ts";
import { runTask } from "../replication/run-task.ts";
import { boundTasks, type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import { runRetention } from "../retention/run-retention.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { WindowSchedule } from "../state/rows.ts";
import type { AppointmentKind } from "./appointment.ts";
import { expression, nextFiring } from "./cron.ts";

const active = (state: ApplianceState) =>
  replicationsOf(state)
    .values()
    .filter((task) => task.enabled && task.auto && replicationHold(state, task) === undefined);

/** When a task runs by itself: on its own schedule, or without one whenever a snapshot task has run that it is bound to. */
function schedulesOf(state: ApplianceState, task: ReplicationRow): WindowSchedule[] {
  if (task.schedule !== null) return [task.schedule];
  return boundTasks(state, task).map(({ schedule }) => schedule);
}

const textOf = (schedules: readonly WindowSchedule[]) =>
  schedules.map((schedule) => `${expression(schedule)} ${schedule.begin} ${schedule.end}`).join(", ");

function firstOf(schedules: readonly WindowSchedule[], after: number): number | undefined {
  const firings = schedules.flatMap((schedule) => nextFiring(schedule, after) ?? []);
  return firings.length === 0 ? undefined : Math.min(...firings);
}

/** Snapshots are replicated. */
export const replicationAppointments: AppointmentKind = {
  name: "replication",
  appointments: (own, surroundings) =>
    active(own.state).map((task) => {
      const schedules = schedulesOf(own.state, task);
      return {
        key: `${task.id} ${textOf(schedules)}`,
        next: (after) => firstOf(schedules, after),
        run: (at) => runTask(own, surroundings, task.id, at).catch(() => undefined),
      };
    }),
};

/** Snapshots and copies that have outlived their lifetime go, whenever something was due that takes or sends some. */
export const retentionAppointments: AppointmentKind = {
  name: "retention",
  appointments: (own, surroundings) => {
    const { state } = own;
    const taking = state.snapshotTasks
      .values()
      .filter(({ enabled, dataset }) => enabled && snapshotTaskHold(state, dataset) === undefined)
      .map(({ schedule }) => schedule);
    const sending = active(state).flatMap(({ schedule }) => schedule ?? []);
    const schedules = [...new Map([...taking, ...sending].map((each) => [textOf([each]), each])).values()];
    if (schedules.length === 0) return [];
    return [
      {
        key: textOf(schedules),
        next: (after) => firstOf(schedules, after),
        run: (at) => runRetention(own, surroundings, at),
      },
    ];
  },
};
