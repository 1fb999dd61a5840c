// Performs the restore tests of a site and writes their evidence: npm run drill -- --stack S [--test NAME]

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Evidence, Site } from "../src/site/index.ts";
import { readEnvironment } from "../truenas/inspect.ts";
import { collected, type StackOptions, stackCommand, start, withIdentities } from "./command-line.ts";
import { type DeclaredStack, declaredStack } from "./declared/stack.ts";
import { appliancesOf, perform, waitsFor } from "./drill/perform.ts";
import { Progress } from "./drill/progress.ts";
import { removeLeftovers } from "./drill/scratch.ts";
import { EVIDENCE_DIR, writeEvidence } from "./evidence-files.ts";
import { readIdentities, requireIdentities } from "./identities.ts";
import { readStackSite } from "./stack-file.ts";
import { UsageError } from "./usage-error.ts";
import { formatSeconds } from "./verify/ages.ts";
import type { Way } from "./way.ts";

interface Options extends StackOptions {
  readonly test: readonly string[];
  readonly identity: readonly string[];
  readonly evidence: string;
  readonly json?: string;
}

await start(
  withIdentities(
    stackCommand(
      "drill",
      "Restores copies into scratch datasets, compares checksums, cleans up, and writes dated evidence",
    ),
  )
    .option("--test <name>", "only this restore test; may be given several times", collected, [])
    .option("--evidence <dir>", "folder of the evidence", EVIDENCE_DIR)
    .option("--json <file>", "write the evidence of this run as JSON to a file, - for standard output"),
  run,
);

async function run(options: Options): Promise<number> {
  const declared = await declaredStack(options.stack, readStackSite(options.stack, options.configFile));
  const { site } = declared;
  const names = chosenTests(site, options.test);
  const environment = readEnvironment();
  const way = { environment, privateKeys: readIdentities(options.identity, Object.keys(site.appliances)) };
  const drills = names.flatMap((name) => {
    const spec = site.restoreTests[name];
    return spec ? [{ declared, name, spec }] : [];
  });
  const ready = drills.filter((drill) => waitsFor(drill) === undefined);
  const needed = [...new Set(ready.flatMap(appliancesOf))];
  if (!environment.endpointsFile) requireIdentities(needed, way.privateKeys);
  const people = options.json === "-" ? process.stderr : process.stdout;
  const progress = new Progress(people, people.isTTY === true && !process.env["CI"]);

  for (const drill of drills.filter((each) => !ready.includes(each))) {
    progress.write(`waiting  ${drill.name}: ${waitsFor(drill)}`);
  }
  await tidy(declared, needed, way, progress);
  const done: Evidence[] = [];
  for (const drill of ready) {
    const evidence = await perform(drill, way, {
      tell: (text) => progress.tell(`${drill.name}: ${text}`),
      note: (text) => progress.write(`note     ${text}; the next drill removes it`),
    });
    const file = writeEvidence(options.evidence, evidence);
    done.push(evidence);
    progress.write(`${summary(evidence)}\n         ${shown(file)}`);
  }
  report(options.json, done);

  return done.every(({ result }) => result === "passed") ? 0 : 1;
}

function chosenTests(site: Site, wanted: readonly string[]): readonly string[] {
  const known = Object.keys(site.restoreTests);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`the site has no restore test "${unknown}"; it has ${known.join(", ") || "none"}`);
  }

  return wanted.length > 0 ? wanted : known;
}

async function tidy(
  declared: DeclaredStack,
  appliances: readonly string[],
  way: Way,
  progress: Progress,
): Promise<void> {
  for (const appliance of appliances) {
    const removed = await removeLeftovers(declared, appliance, way).catch((error: Error) => {
      progress.write(`note     ${error.message}`);
      return [];
    });
    for (const dataset of removed)
      progress.write(`removed  ${appliance} ${dataset}, which an earlier drill left behind`);
  }
}

function summary({ test, result, reason, state, ageSeconds = 0, seconds, files, changed }: Evidence): string {
  if (result === "failed") return `failed   ${test}: ${reason}`;
  const passed = changed > 0 ? `, ${changed} passed over since they have changed` : "";

  return `passed   ${test}: ${files.length} files of ${state} equal${passed}; ${formatSeconds(ageSeconds)} old, restored in ${seconds} s`;
}

/** A file as people here call it: from where they are, unless it lies elsewhere. */
function shown(file: string): string {
  const near = relative(process.cwd(), file);

  return near.startsWith("..") ? file : near;
}

function report(file: string | undefined, evidence: readonly Evidence[]): void {
  const text = `${JSON.stringify({ version: 1, ok: evidence.every(({ result }) => result === "passed"), evidence }, null, 2)}\n`;
  if (file === "-") process.stdout.write(text);
  else if (file) writeFileSync(file, text);
}
