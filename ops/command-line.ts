import { CommanderError } from "commander";
import { SiteError } from "../src/site/index.ts";
import { UsageError } from "./usage-error.ts";

const SITE_IS_WRONG = 1;
const WRONG_USAGE = 2;

/** Says what ended a command, and gives its exit code; `siteWord` goes before what is wrong with the site. */
export function told(error: unknown, siteWord = "error: "): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (error instanceof SiteError) console.error(`${siteWord}${error.message}`);
  else if (error instanceof UsageError) console.error(`error: ${error.message}`);
  else throw error;

  return error instanceof SiteError ? SITE_IS_WRONG : WRONG_USAGE;
}

/** Every value of an option that may be given several times. */
export function collected(value: string, others: readonly string[]): readonly string[] {
  return [...others, value];
}
