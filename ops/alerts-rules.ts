// Writes the rules of Prometheus and the configuration of its Alertmanager: npm run alerts:rules -- --stack prod
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitoringFiles } from "./alerts/render.ts";
import { type StackOptions, stackCommand, start } from "./command-line.ts";
import { PROJECT_DIR, readStackSite } from "./stack-file.ts";

interface Options extends StackOptions {
  readonly out?: string;
}

function run({ stack, configFile, out }: Options): number {
  const { site } = readStackSite(stack, configFile);
  const folder = out ?? join(PROJECT_DIR, "docs/monitoring", stack);
  const files = monitoringFiles(stack, site);

  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  console.log(`wrote ${Object.keys(files).length} files to ${folder}`);

  return 0;
}

await start(
  stackCommand(
    "alerts:rules",
    "Writes alerting rules for Prometheus and the configuration of Alertmanager, from a site",
  ).option("--out <dir>", "write there rather than to docs/monitoring/<stack>"),
  run,
);
