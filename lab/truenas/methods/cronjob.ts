import { userNamed } from "../accounts.ts";
import { CallError, InstanceNotFound, ValidationErrors } from "../middleware/errors.ts";
import { bool, defaulted, int, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import type { ObjectOf } from "../middleware/models.ts";
import { rowMethods, rowsOf } from "./rows.ts";
import { commandSchedule } from "./schedule-models.ts";

const hourly = { minute: "00", hour: "*", dom: "*", month: "*", dow: "*" };

const shape = {
  enabled: defaulted(bool, true),
  stderr: defaulted(bool, false),
  stdout: defaulted(bool, true),
  schedule: defaulted(commandSchedule, hourly),
  command: str(),
  description: defaulted(str(), ""),
  user: str(),
};

type CronJob = ObjectOf<typeof shape>;

function checked({ state }: Context, prefix: string, job: CronJob): CronJob {
  const errors = new ValidationErrors();
  if (job.user.includes(" ")) errors.add(`${prefix}.user`, "Usernames cannot have spaces");
  else if (job.user !== "" && userNamed(state, job.user) === undefined)
    errors.add(`${prefix}.user`, "Specified user does not exist");
  if (job.command === "") errors.add(`${prefix}.command`, "Please specify a command for cronjob task.");
  errors.check();
  return job;
}

/** `cronjob.*`: commands on a schedule. Running one does nothing here. */
export const cronJobMethods: Methods = {
  ...rowMethods({
    namespace: "cronjob",
    noun: "CronJob",
    shape,
    prefixes: ["cron_job_create", "cron_job_update"],
    checked,
    lenient: true,
  }),
  "cronjob.run": method(
    { id: int(), skip_disabled: defaulted(bool, false) },
    (context, { id, skip_disabled }) => {
      const job = rowsOf<typeof shape>(context, "cronjob").get(id);
      if (job === undefined) throw new InstanceNotFound(`CronJob ${id} does not exist`);
      if (skip_disabled && !job.enabled) throw new CallError("Cron job is disabled", "EINVAL");
      return null;
    },
    { job: {}, writes: true },
  ),
};
