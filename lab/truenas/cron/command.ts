import type { Context } from "../middleware/method.ts";

/** How a command ended. */
export interface CommandOutcome {
  readonly status: number;
  /** What it printed, on either stream. */
  readonly output: string;
}

/** A command that the simulated appliance really carries out. */
export interface Command {
  readonly recognises: (line: string) => boolean;
  readonly run: (context: Context, line: string) => CommandOutcome | Promise<CommandOutcome>;
}
