// Writes the rules of Prometheus and the configuration of its Alertmanager: npm run alerts:rules -- --stack prod
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { monitoringFiles } from "./alerts/render.ts";
import { told } from "./command-line.ts";
import { PROJECT_DIR, readStackSite } from "./stack-file.ts";

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly out?: string;
}

function run({ stack, configFile, out }: Options): void {
  const { site } = readStackSite(stack, configFile);
  const folder = out ?? join(PROJECT_DIR, "docs/monitoring", stack);
  const files = monitoringFiles(stack, site);

  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  console.log(`wrote ${Object.keys(files).length} files to ${folder}`);
}

const program = new Command("alerts:rules")
  .description("Writes alerting rules for Prometheus and the configuration of Alertmanager, from a site")
  .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
  .option("--config-file <file>", "read this file rather than Pulumi.<name>.yaml")
  .option("--out <dir>", "write there rather than to docs/monitoring/<stack>")
  .exitOverride();

try {
  run(program.parse().opts<Options>());
} catch (error) {
  process.exitCode = told(error);
}
