// Tells something through every declared channel of a site: npm run alerts:test -- --stack S
import { readFileSync } from "node:fs";
import { readEnvironment } from "../truenas/inspect.ts";
import { type Outcome, tryChannels } from "./alerts/trial.ts";
import { type StackOptions, stackCommand, start, withIdentities } from "./command-line.ts";
import { declaredStack, presentIn } from "./declared/stack.ts";
import { readIdentities, requireIdentities } from "./identities.ts";
import { readStackSite } from "./stack-file.ts";
import { UsageError } from "./usage-error.ts";
import { writeAtomically } from "./write-atomically.ts";

interface Options extends StackOptions {
  readonly identity: readonly string[];
  readonly slackUrlFile?: string;
  readonly json?: string;
}

await start(
  withIdentities(
    stackCommand(
      "alerts:test",
      "Sends a test through each channel by which somebody is told, from each appliance that is there",
    ),
  )
    .option("--slack-url-file <file>", "file with the secret slackUrl, such as <(pulumi config get slackUrl)")
    .option("--json <file>", "write the outcome as JSON to a file, - for standard output"),
  run,
);

async function run(options: Options): Promise<number> {
  const declared = await declaredStack(options.stack, readStackSite(options.stack, options.configFile));
  const environment = readEnvironment();
  const privateKeys = readIdentities(
    options.identity,
    declared.appliances.map(({ name }) => name),
  );
  const slackUrl = options.slackUrlFile === undefined ? undefined : secretIn(options.slackUrlFile);
  if (!environment.endpointsFile) requireIdentities(presentIn(declared), privateKeys);
  const outcomes = await tryChannels(declared, { environment, privateKeys, slackUrl });
  const trial: Trial = {
    version: 1,
    stack: options.stack,
    ok: outcomes.every(({ status }) => status !== "failed"),
    outcomes,
  };
  show(trial, options.json);

  return trial.ok ? 0 : 1;
}

/** What became of every test. */
interface Trial {
  readonly version: 1;
  readonly stack: string;
  readonly ok: boolean;
  readonly outcomes: readonly Outcome[];
}

function show(trial: Trial, json: string | undefined): void {
  const { outcomes } = trial;
  const people = json === "-" ? process.stderr : process.stdout;
  for (const outcome of outcomes) people.write(`${line(outcome)}\n`);
  if (outcomes.length === 0) people.write("the site names no channel under alerts: nobody is told of anything\n");
  const report = `${JSON.stringify(trial, null, 2)}\n`;
  if (json === "-") process.stdout.write(report);
  else if (json) writeAtomically(json, report);
}

function line({ appliance, channel, status, detail }: Outcome): string {
  return `${status.padEnd(7)}  ${appliance}  ${channel}: ${detail}`;
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new UsageError(`--slack-url-file: ${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
    });
  }
}
