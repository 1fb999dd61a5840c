import { cronJob } from "../model/cron-job.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `CronJob`. */
export type CronJobArgs = ArgsOf<typeof cronJob.properties>;

/** A command that runs on a schedule; its id is its description. */
export class CronJob extends resourceClass(cronJob) {}
