import { userNamed } from "../accounts.ts";
import { runCommand } from "../cron/cron-run.ts";
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

// Streams that nobody is to see are sent away by the shell.
function commandLine({ command, stdout, stderr }: CronJob): string {
  const line = command.replaceAll("\n", "");
  return [line, ...(stdout ? ["> /dev/null"] : []), ...(stderr ? ["2> /dev/null"] : [])].join(" ");
}

/** `cronjob.*`: commands on a schedule, of which the simulator carries out those that it knows. */
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
    async (context, { id, skip_disabled }, job) => {
      const task = rowsOf<typeof shape>(context, "cronjob").get(id);
      if (task === undefined) throw new InstanceNotFound(`CronJob ${id} does not exist`);
      if (skip_disabled && !task.enabled) throw new CallError("Cron job is disabled", "EINVAL");
      if (job !== undefined) context.jobs.progress(job, 10, "Executing Cron Task");
      const { status } = await runCommand(context, task);
      if (status !== 0)
        throw new CallError(`CronTask "${commandLine(task)}" exited with ${status} (non-zero) exit status.`);
      if (job !== undefined) context.jobs.progress(job, 100, "Execution of Cron Task complete.");
      return null;
    },
    { job: { lock: (params) => `cron_job_run_${params[0]}` }, writes: true },
  ),
};
