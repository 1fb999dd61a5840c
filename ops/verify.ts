// Works through the verification playbook against the live site, without changing anything: npm run verify -- --stack S
import { readEnvironment } from "../truenas/inspect.ts";
import { type StackOptions, stackCommand, start, withIdentities } from "./command-line.ts";
import { declaredStack, presentIn } from "./declared/stack.ts";
import { EVIDENCE_DIR } from "./evidence-files.ts";
import { readIdentities, requireIdentities } from "./identities.ts";
import { readStackSite } from "./stack-file.ts";
import { renderJunit } from "./verify/render/junit.ts";
import { renderLines } from "./verify/render/lines.ts";
import { renderPrometheus } from "./verify/render/prometheus.ts";
import { renderTerminal } from "./verify/render/terminal.ts";
import { type Verification, verify } from "./verify/verification.ts";
import { writeAtomically } from "./write-atomically.ts";

interface Options extends StackOptions {
  readonly identity: readonly string[];
  readonly evidence: string;
  readonly json?: string;
  readonly junit?: string;
  readonly prometheus?: string;
}

await start(
  withIdentities(
    stackCommand("verify", "Checks that the live site is as declared, healthy and protected; changes nothing"),
  )
    .option("--evidence <dir>", "folder of the evidence of restore tests", EVIDENCE_DIR)
    .option("--json <file>", "write the outcome as JSON to a file, - for standard output")
    .option("--junit <file>", "write it as JUnit XML")
    .option("--prometheus <file>", "write it for the textfile collector of node_exporter"),
  run,
);

async function run(options: Options): Promise<number> {
  const declared = await declaredStack(options.stack, readStackSite(options.stack, options.configFile));
  const { appliances } = declared;
  const environment = readEnvironment();
  const privateKeys = readIdentities(
    options.identity,
    appliances.map(({ name }) => name),
  );
  if (!environment.endpointsFile) requireIdentities(presentIn(declared), privateKeys);
  const verification = await verify(declared, { environment, privateKeys }, options.evidence);
  show(verification, options);

  return verification.ok ? 0 : 1;
}

function show(verification: Verification, { json, junit, prometheus }: Options): void {
  const report = `${JSON.stringify(verification, null, 2)}\n`;
  const people = json === "-" ? process.stderr : process.stdout;
  const terminal = people.isTTY === true && !process.env["CI"];
  people.write(`${terminal ? renderTerminal(verification) : renderLines(verification)}\n`);
  if (json === "-") process.stdout.write(report);
  else if (json) writeAtomically(json, report);
  if (junit) writeAtomically(junit, renderJunit(verification));
  if (prometheus) writeAtomically(prometheus, renderPrometheus(verification));
}
