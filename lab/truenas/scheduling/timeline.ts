import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { CronSchedule, WindowSchedule } from "../state/rows.ts";
import { scrubIfDue } from "../zfs/scrub.ts";
import { nextFiring } from "./cron.ts";
import { expireSnapshots, Retention } from "./retention.ts";
import { runSnapshotTask } from "./snapshot-task-run.ts";

interface Appointment {
  readonly schedule: CronSchedule | WindowSchedule;
  at: number | undefined;
  run(at: number): void;
}

function appointments(state: ApplianceState, clock: Clock): Appointment[] {
  const snapshots = state.snapshotTasks.values().filter(({ enabled }) => enabled);
  const scrubs = state.scrubTasks.values().filter(({ enabled }) => enabled);
  return [
    ...snapshots.map(({ id, schedule }) => ({
      schedule,
      at: nextFiring(schedule, clock.time),
      run: (at: number) => {
        const task = state.snapshotTasks.get(id);
        if (task !== undefined) runSnapshotTask(state, clock, task, at);
      },
    })),
    ...scrubs.map(({ pool: poolId, threshold, schedule }) => ({
      schedule,
      at: nextFiring(schedule, clock.time),
      run: (at: number) => {
        const pool = state.pools.get(poolId);
        if (pool !== undefined) scrubIfDue(state, pool, threshold, at);
      },
    })),
  ];
}

/** Moves the clock forward, running on the way everything that falls due, in order of time. */
export function advance(state: ApplianceState, clock: Clock, ms: number): void {
  const end = clock.time + ms;
  const diary = appointments(state, clock);
  const retention = new Retention(state);
  for (;;) {
    const next = Math.min(...diary.flatMap(({ at }) => at ?? []));
    if (next > end) break;
    clock.moveTo(next);
    for (const appointment of diary.filter(({ at }) => at === next)) {
      appointment.run(next);
      appointment.at = nextFiring(appointment.schedule, next);
    }
    expireSnapshots(state, retention, clock.time);
  }
  clock.moveTo(end);
  expireSnapshots(state, retention, clock.time);
  state.facts.put("clockOffset", clock.offset);
  state.commit();
}
