import { Command, CommanderError, InvalidArgumentError } from "commander";
import { preview } from "./preview.ts";
import { rehearse } from "./rehearse.ts";
import { serve } from "./serve.ts";
import { UsageError } from "./usage-error.ts";

const USAGE = 2;

function program(): Command {
  const lab = new Command("lab").description("Previews and rehearses a stack without hardware").exitOverride();

  shared(lab.command("preview"), "Show what a stack would become").action(async (options) => {
    process.exitCode = await preview(options);
  });
  shared(lab.command("rehearse"), "Preview a stack, apply it to simulated appliances, and preview again").action(
    async (options) => {
      process.exitCode = await rehearse(options);
    },
  );
  shared(lab.command("serve"), "Switch on what a rehearsal has kept in --lab, until Ctrl-C")
    .option("--advance <hours>", "move the clock before, so that what falls due happens", wholeNumber)
    .action(async (options) => {
      process.exitCode = await serve(options);
    });
  return lab;
}

function shared(command: Command, description: string): Command {
  return command
    .description(description)
    .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
    .option("--config-file <file>", "read this file rather than Pulumi.<name>.yaml")
    .option("--json <file>", "write the report as JSON to a file, - for standard output")
    .option("--journal <file>", "append every middleware call as a JSON line")
    .option("--lab <dir>", "keep appliances and state in this folder between runs")
    .option("--parallel <n>", "operations at a time", wholeNumber)
    .exitOverride();
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("a whole number from 1 is allowed");
  return number;
}

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else if (error instanceof UsageError) {
    console.error(`error: ${error.message}`);
    process.exitCode = USAGE;
  } else {
    throw error;
  }
}
