// Writes the runbooks and the recovery sheet of a site: npm run runbooks -- --stack prod
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StackOptions, stackCommand, start } from "./command-line.ts";
import { runbooks } from "./runbooks/all.ts";
import { PROJECT_DIR, readStackSite } from "./stack-file.ts";

interface Options extends StackOptions {
  readonly out?: string;
}

function run({ stack, configFile, out }: Options): number {
  const { site } = readStackSite(stack, configFile);
  const folder = out ?? join(PROJECT_DIR, "docs/runbooks", stack);
  const pages = runbooks(stack, site);

  mkdirSync(folder, { recursive: true });
  // A machine that has left the site takes its runbook along; anything else in the folder is somebody else's.
  for (const name of readdirSync(folder))
    if (/^lost-.*\.md$/.test(name) && !(name in pages)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  console.log(`wrote ${Object.keys(pages).length} files to ${folder}`);

  return 0;
}

await start(
  stackCommand("runbooks", "Writes what to do after each loss, with the commands, times and names of a site").option(
    "--out <dir>",
    "write there rather than to docs/runbooks/<stack>",
  ),
  run,
);
