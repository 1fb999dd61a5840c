// Writes the runbooks and the recovery sheet of a site: npm run runbooks -- --stack prod
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { told } from "./command-line.ts";
import { runbooks } from "./runbooks/all.ts";
import { PROJECT_DIR, readStackSite } from "./stack-file.ts";

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly out?: string;
}

function run({ stack, configFile, out }: Options): void {
  const { site } = readStackSite(stack, configFile);
  const folder = out ?? join(PROJECT_DIR, "docs/runbooks", stack);
  const pages = runbooks(stack, site);

  mkdirSync(folder, { recursive: true });
  // A machine that has left the site takes its runbook along; anything else in the folder is somebody else's.
  for (const name of readdirSync(folder))
    if (/^lost-.*\.md$/.test(name) && !(name in pages)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  console.log(`wrote ${Object.keys(pages).length} files to ${folder}`);
}

const program = new Command("runbooks")
  .description("Writes what to do after each loss, with the commands, times and names of a site")
  .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
  .option("--config-file <file>", "read this file rather than Pulumi.<name>.yaml")
  .option("--out <dir>", "write there rather than to docs/runbooks/<stack>")
  .exitOverride();

try {
  run(program.parse().opts<Options>());
} catch (error) {
  process.exitCode = told(error);
}
