import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { officialEngineIsHere } from "../support/official-stack.ts";
import type { Parallel } from "./cost.ts";
import { datasets } from "./datasets.ts";
import { BenchDesk } from "./desk.ts";
import { ENGINES } from "./managed.ts";
import { policies } from "./policies.ts";
import type { BenchOptions, Suite } from "./suite.ts";

const SUITES: readonly Suite[] = [datasets, policies];
const FAILED = 1;
const USAGE = 2;

const command = new Command("bench")
  .description("Counts what resources cost, beside the naive way; exits with 1 when a bound is broken")
  .addArgument(new Argument("[suites...]", "what to measure").choices(SUITES.map(({ name }) => name)))
  .option("--sizes <list>", "numbers of datasets", list(wholeNumber(1)), [10, 100, 1000])
  .option("--delay <list>", "milliseconds that a process takes to start", list(wholeNumber(0)), [0, 100])
  .option("--parallel <list>", "operations at a time", list(parallelism), [8, 16, 64, "unbounded"])
  .addOption(
    new Option("--engine <list>", `engines, of ${ENGINES.join(" and ")}`).default(["lab"]).argParser(list(engine)),
  )
  .option("--json <file>", "write the figures as JSON to a file, - for standard output")
  .addHelpText("after", `\nSuites:\n${SUITES.map(({ name, about }) => `  ${name.padEnd(15)}  ${about}`).join("\n")}`)
  .exitOverride()
  .action(bench);

async function bench(names: readonly string[], options: BenchOptions & { readonly json?: string }): Promise<void> {
  if (options.engine.includes("official") && !officialEngineIsHere()) {
    command.error("error: --engine official needs pulumi on PATH; install it, or leave the option out");
  }
  const desk = new BenchDesk(options.json);
  const suites = [];
  for (const { name, run } of SUITES.filter((suite) => names.length === 0 || names.includes(suite.name))) {
    suites.push({ name, ...(await run(options, desk)) });
  }
  const broken = suites.flatMap((suite) => suite.broken);
  desk.report({ ok: broken.length === 0, suites });
  desk.print(
    `\n${verdict(
      suites.some(({ judged }) => judged),
      broken,
    )}`,
  );
  process.exitCode = broken.length === 0 ? 0 : FAILED;
}

function verdict(judged: boolean, broken: readonly string[]): string {
  if (broken.length > 0) return broken.map((one) => `too much: ${one}`).join("\n");
  return judged ? "Every bound holds." : "Nothing here has a bound: only the lab's engine is held to one.";
}

/** Values between commas. */
function list<T>(read: (word: string) => T): (text: string) => T[] {
  return (text) => text.split(",").map(read);
}

function wholeNumber(least: number): (word: string) => number {
  return (word) => {
    const number = Number(word);
    if (word.trim() !== "" && Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`"${word}" is not a whole number from ${least}.`);
  };
}

function parallelism(word: string): Parallel {
  return word === "unbounded" ? word : wholeNumber(1)(word);
}

function engine(word: string): (typeof ENGINES)[number] {
  const known = ENGINES.find((name) => name === word);
  if (known) return known;
  throw new InvalidArgumentError(`"${word}" is not one of ${ENGINES.join(", ")}.`);
}

try {
  await command.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE;
}
