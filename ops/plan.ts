// Shows how the data of a site is protected, and what is left open: npm run plan -- --stack prod
import { writeFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { protectionPlan, SiteError } from "../src/site/index.ts";
import { readEvidence } from "./plan/evidence.ts";
import { renderGaps } from "./plan/gaps.ts";
import { picture } from "./plan/picture.ts";
import { planReport } from "./plan/report.ts";
import { renderTable } from "./plan/table.ts";
import { readStackSite } from "./stack-file.ts";
import { UsageError } from "./usage-error.ts";

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly json?: string;
  readonly svg?: string;
}

const SITE_IS_WRONG = 1;
const WRONG_USAGE = 2;

function run({ stack, configFile, json, svg }: Options): number {
  const { site } = readStackSite(stack, configFile);
  const today = new Date().toISOString().slice(0, 10);
  const report = planReport(stack, protectionPlan(site, { today, evidence: readEvidence(stack, site) }), today);
  const { datasets, ok } = report;

  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json === "-") process.stdout.write(text);
  else if (json) writeFileSync(json, text);
  if (svg) writeFileSync(svg, picture(site.name, datasets));
  const people = json === "-" ? process.stderr : process.stdout;
  people.write(`${renderTable(datasets, today)}\n\n${renderGaps(datasets, today)}\n`);
  return ok ? 0 : SITE_IS_WRONG;
}

const program = new Command("plan")
  .description("Shows how the data of a site is protected, what each loss costs, and what is left open")
  .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
  .option("--config-file <file>", "read this file rather than Pulumi.<name>.yaml")
  .option("--json <file>", "write the plan as JSON to a file, - for standard output")
  .option("--svg <file>", "draw the plan as a picture")
  .exitOverride();

try {
  process.exitCode = run(program.parse().opts<Options>());
} catch (error) {
  process.exitCode = WRONG_USAGE;
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  else if (error instanceof SiteError || error instanceof UsageError) console.error(`error: ${error.message}`);
  else throw error;
  if (error instanceof SiteError) process.exitCode = SITE_IS_WRONG;
}
