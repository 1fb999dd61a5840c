import type { CronSchedule } from "../state/rows.ts";
import type { AppointmentKind } from "./appointment.ts";
import { expression, nextFiring } from "./cron.ts";

interface ScheduledRow {
  readonly id: number;
  readonly enabled: boolean;
  readonly schedule: CronSchedule;
}

/** What cron starts through the middleware: the call is all that it does, and how it ends shows in the job. */
function started(name: string, namespace: string, method: string, ...options: readonly unknown[]): AppointmentKind {
  return {
    name,
    appointments: ({ state, call }) =>
      state
        .table<ScheduledRow>(namespace)
        .values()
        .filter(({ enabled }) => enabled)
        .map(({ id, schedule }) => ({
          key: `${id} ${expression(schedule)}`,
          next: (after) => nextFiring(schedule, after),
          run: async () => {
            await call(method, id, ...options).catch(() => undefined);
          },
        })),
  };
}

/** Restic repositories are written. */
export const cloudBackupAppointments = started("cloud backup", "cloud_backup", "cloud_backup.sync");

/** Files are brought to a cloud, or back. */
export const cloudSyncAppointments = started("cloud sync", "cloudsync", "cloudsync.sync");

/** Commands are run. */
export const cronJobAppointments = started("cron job", "cronjob", "cronjob.run", true);
