import { defaulted, type Kind, refined, str } from "../middleware/kinds.ts";
import { model } from "../middleware/models.ts";
import { cronProblem, nextFiring } from "../scheduling/cron.ts";
import type { WindowSchedule } from "../state/rows.ts";

const cronFields = (minute: string, hour: string, dow: string) => ({
  minute: defaulted(str(), minute),
  hour: defaulted(str(), hour),
  dom: defaulted(str(), "*"),
  month: defaulted(str(), "*"),
  dow: defaulted(str(), dow),
});

const TIME = /^([01]?\d|2[0-3]):[0-5]?\d$/;
const time: Kind<string> = refined(str(), (value) =>
  TIME.test(value) ? undefined : 'Value error, Time should be in 24 hour format like "18:00"',
);

/** The schedule of a snapshot task: a cron expression within a daily window. */
export const windowSchedule = refined(
  model("PoolSnapshotTaskCron", {
    ...cronFields("00", "*", "*"),
    begin: defaulted(time, "00:00"),
    end: defaulted(time, "23:59"),
  }),
  cronProblem,
);

/** The schedule of a command: hourly unless it says otherwise. */
export const commandSchedule = refined(model("CronJobSchedule", cronFields("00", "*", "*")), cronProblem);

/** The schedule of a scrub: Sundays at midnight unless it says otherwise. */
export const scrubSchedule = refined(model("PoolScrubCron", cronFields("00", "00", "7")), cronProblem);

// A day has so many minutes to begin in; the middleware looks at as many firings.
function windowProblem(schedule: WindowSchedule): string | undefined {
  const minutes = (time: string) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  if (minutes(schedule.begin) > minutes(schedule.end))
    return "Assertion failed, Begin time should be less than or equal to end time";
  if (nextFiring(schedule, Date.UTC(2000, 0, 1)) === undefined)
    return "Assertion failed, Specified schedule does not match specified time interval";
  return undefined;
}

/** The schedule of a replication: one that fires within its daily window. */
export const replicationSchedule = refined(
  model("ReplicationTimeCronModel", {
    ...cronFields("00", "*", "*"),
    begin: defaulted(time, "00:00"),
    end: defaulted(time, "23:59"),
  }),
  (schedule) => cronProblem(schedule) ?? windowProblem(schedule),
);

/** The times that a lifetime counts for. */
export const lifetimeSchedule = refined(model("CronModel", cronFields("*", "*", "*")), cronProblem);
