// Judges recorded state: npm run policies -- --state FILE. Marks of secrets are visible there, and nothing is unknown.
import { readFileSync, writeFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { evaluate, type Said } from "../policies/evaluate.ts";
import type { Props } from "../policies/reading.ts";
import { recorded } from "../policies/recorded.ts";

interface Options {
  readonly state: string;
  readonly config?: string;
  readonly json?: string;
}

const WRONG_USAGE = 2;

function run({ state, config, json }: Options): number {
  const said = evaluate(recorded(readJson(state)), config ? (readJson(config) as Props) : {});
  const refused = said.filter(({ level }) => level === "mandatory").length;
  const report = `${JSON.stringify({ version: 1, state, ok: refused === 0, policies: said }, null, 2)}\n`;
  if (json === "-") process.stdout.write(report);
  else if (json) writeFileSync(json, report);
  if (json !== "-") process.stdout.write(`${[...said.map(line), conclusion(said.length, refused)].join("\n")}\n`);
  return refused === 0 ? 0 : 1;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function line({ policy, level, message }: Said): string {
  return `[${level}] ${policy}: ${message}`;
}

function conclusion(verdicts: number, refused: number): string {
  if (verdicts === 0) return "the state is in order";
  return `${verdicts} verdicts, ${refused} of them mandatory`;
}

const program = new Command("policies")
  .description("Judges recorded state by the policy pack")
  .requiredOption("--state <file>", "a state file, as the lab or pulumi stack export writes it")
  .option("--config <file>", "configuration of the pack, such as policies/presets/transition.json")
  .option("--json <file>", "write the verdicts as JSON to a file, - for standard output")
  .exitOverride();

try {
  process.exitCode = run(program.parse().opts<Options>());
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(`error: ${(error as Error).message}`);
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : WRONG_USAGE;
}
