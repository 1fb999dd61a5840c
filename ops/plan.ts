// Shows how the data of a site is protected, and what is left open: npm run plan -- --stack prod
import { type Evidence, protectionPlan, type Site } from "../src/site/index.ts";
import { type StackOptions, stackCommand, start, withIdentities } from "./command-line.ts";
import { EVIDENCE_DIR, readEvidence } from "./evidence-files.ts";
import { renderGaps } from "./plan/gaps.ts";
import { renderLive } from "./plan/live-text.ts";
import { picture } from "./plan/picture.ts";
import { type PlanReport, planReport } from "./plan/report.ts";
import { renderTable } from "./plan/table.ts";
import { readStackSite, type StackSite } from "./stack-file.ts";
import { writeAtomically } from "./write-atomically.ts";

interface Options extends StackOptions {
  readonly evidence: string;
  readonly json?: string;
  readonly svg?: string;
  readonly live?: true;
  readonly identity: readonly string[];
}

async function run(options: Options): Promise<number> {
  const { stack, configFile, evidence } = options;
  const written = readStackSite(stack, configFile);
  const { site } = written;
  const today = new Date().toISOString().slice(0, 10);
  const datasets = protectionPlan(site, { today, evidence: evidenceOf(stack, site, evidence) });
  const live = options.live ? await ask(stack, written, options.identity) : undefined;
  const report = planReport(stack, datasets, today, live);
  show(report, options, today);
  if (options.svg) writeAtomically(options.svg, picture(site.name, datasets));

  return report.ok ? 0 : 1;
}

/** Asks the appliances; what that takes is loaded for nobody else. */
async function ask(stack: string, written: StackSite, identities: readonly string[]) {
  const [{ declaredStack }, { askAppliances }] = await Promise.all([
    import("./declared/stack.ts"),
    import("./plan/live.ts"),
  ]);

  return await askAppliances(await declaredStack(stack, written), identities);
}

function show(report: PlanReport, { json }: Options, today: string): void {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json === "-") process.stdout.write(text);
  else if (json) writeAtomically(json, text);
  const { datasets, live } = report;
  const parts = [renderTable(datasets, today), renderGaps(datasets, today), ...(live ? [renderLive(live)] : [])];
  const people = json === "-" ? process.stderr : process.stdout;
  people.write(`${parts.join("\n\n")}\n`);
}

/** What restore tests have proved; one that was never performed has no evidence. */
function evidenceOf(stack: string, { restoreTests }: Site, folder: string): Record<string, Evidence> {
  const found = Object.keys(restoreTests).map((test) => [test, readEvidence(folder, stack, test)]);
  return Object.fromEntries(found.filter(([, evidence]) => evidence !== undefined));
}

await start(
  withIdentities(
    stackCommand("plan", "Shows how the data of a site is protected, what each loss costs, and what is left open"),
    ", for --live",
  )
    .option("--evidence <dir>", "folder of the evidence of restore tests", EVIDENCE_DIR)
    .option("--json <file>", "write the plan as JSON to a file, - for standard output")
    .option("--svg <file>", "draw the plan as a picture")
    .option("--live", "ask the appliances what the next up would do to snapshots that are there; changes nothing"),
  run,
);
