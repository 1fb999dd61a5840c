import { Command, CommanderError } from "commander";
import { SiteError } from "../src/site/index.ts";
import { Failure } from "./failure.ts";
import { UsageError } from "./usage-error.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

/** What every command about a stack is told. */
export interface StackOptions {
  readonly stack: string;
  readonly configFile?: string;
}

/** A command about one stack, to which further options are added. */
export function stackCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
    .option("--config-file <file>", "read this file rather than Pulumi.<name>.yaml");
}

/** Adds the option by which appliances are entered. */
export function withIdentities(command: Command, purpose = ""): Command {
  return command.option(
    "--identity <appliance=file>",
    `SSH private key of an appliance${purpose}; once for each`,
    collected,
    [],
  );
}

/** Runs a command with the options of the command line; it gives the exit code. */
export async function start<Options extends object>(
  command: Command,
  run: (options: Options) => Promise<number> | number,
): Promise<void> {
  try {
    process.exitCode = await run(command.exitOverride().parse().opts<Options>());
  } catch (error) {
    process.exitCode = told(error);
  }
}

/** Every value of an option that may be given several times. */
export function collected(value: string, others: readonly string[]): readonly string[] {
  return [...others, value];
}

/** Says what ended a command, and gives its exit code. */
function told(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (!(error instanceof SiteError || error instanceof Failure || error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);

  return error instanceof UsageError ? WRONG_USAGE : FAILED;
}
