// Tells something through every declared channel of a site: npm run alerts:test -- --stack S
import { readFileSync } from "node:fs";
import { readEnvironment } from "../truenas/inspect.ts";
import { type Outcome, tryChannels } from "./alerts/trial.ts";
import { type StackOptions, stackCommand, start, withIdentities } from "./command-line.ts";
import { declaredStack, presentIn } from "./declared/stack.ts";
import { readIdentities, requireIdentities } from "./identities.ts";
import { readStackSite } from "./stack-file.ts";
import { UsageError } from "./usage-error.ts";

interface Options extends StackOptions {
  readonly identity: readonly string[];
  readonly slackUrlFile?: string;
}

await start(
  withIdentities(
    stackCommand(
      "alerts:test",
      "Sends a test through each channel by which somebody is told, from each appliance that is there",
    ),
  ).option("--slack-url-file <file>", "file with the secret slackUrl, such as <(pulumi config get slackUrl)"),
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
  for (const outcome of outcomes) console.log(line(outcome));
  if (outcomes.length === 0) console.log("the site names no channel under alerts: nobody is told of anything");

  return outcomes.some(({ status }) => status === "failed") ? 1 : 0;
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
