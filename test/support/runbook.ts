import { runbooks } from "../../ops/runbooks/all.ts";
import { parseSite } from "../../src/site/index.ts";
import type { SiteYaml } from "./site-yaml.ts";

/** One numbered step of a runbook. */
export interface RunbookStep {
  /** All that it says, its commands included. */
  readonly text: string;
  /** What it tells somebody to type, line by line. */
  readonly lines: readonly string[];
}

/** A page of the runbooks that a site gives, as somebody prints it who needs it. */
export function runbookPage(stack: string, site: SiteYaml, file: string): string {
  const page = runbooks(stack, parseSite(site))[file];
  if (page === undefined) throw new Error(`the site gives no runbook ${file}`);
  return page;
}

/** The numbered steps below a heading of a page, in order. */
export function stepsBelow(page: string, heading: string): RunbookStep[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the page has no heading "${heading}"`);
  const steps = section.split(/^(?=\d+\. )/m).slice(1);
  return steps.map((text) => ({ text, lines: linesOf(text) }));
}

/** The one step below a heading that says something. */
export function stepThat(page: string, heading: string, says: string): RunbookStep {
  const [step, other] = stepsBelow(page, heading).filter(({ text }) => text.includes(says));
  if (step === undefined || other !== undefined)
    throw new Error(`${step ? "several steps" : "no step"} below "${heading}" say "${says}"`);
  return step;
}

/** Every line that a page tells somebody to type. */
export function linesOf(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.trimEnd().split("\n")).map((line) => line.trimStart());
}
