import type { Context } from "../middleware/method.ts";
import type { Command, CommandOutcome } from "./command.ts";
import { configurationCopy } from "./configuration-copy.ts";
import { midcltCommand } from "./midclt-command.ts";
import { smartctlCommand } from "./smartctl-command.ts";

/** What is really carried out; everything else is only recorded as run, with success. */
const COMMANDS: readonly Command[] = [configurationCopy, midcltCommand, smartctlCommand];
const KEPT_RUNS = 1000;

/** One run of a cron job. */
export interface CronRun extends CommandOutcome {
  /** Row of the job. */
  readonly job: number;
  readonly description: string;
  readonly command: string;
  /** Milliseconds since the epoch, by the appliance's clock. */
  readonly at: number;
  /** False for a command that the simulator does not know and only takes note of. */
  readonly carriedOut: boolean;
}

interface CronJob {
  readonly id: number;
  readonly description: string;
  readonly command: string;
}

/** Carries out a job's command as far as the simulator knows it, and takes note of how it ended. */
export async function runCommand(context: Context, { id, description, command }: CronJob): Promise<CommandOutcome> {
  const line = command.replaceAll("\n", "");
  const known = COMMANDS.find(({ recognises }) => recognises(line));
  const outcome = (await known?.run(context, line)) ?? { status: 0, output: "" };
  const runs = context.state.table<CronRun>("cronRuns");
  const number = context.state.next("cronRuns");
  const run = { job: id, description, command, at: context.clock.time, carriedOut: known !== undefined, ...outcome };
  runs.put(number, run);
  runs.delete(number - KEPT_RUNS);
  return outcome;
}
