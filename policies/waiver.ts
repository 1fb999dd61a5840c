import { coversResource } from "../src/site/vocabulary.ts";
import type { Judged } from "./judged.ts";
import type { Finding } from "./rule.ts";

/** A violation that the owner accepts until a date. */
export interface Waiver {
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the resource; `*` stands for any run of characters. */
  readonly resource: string;
  readonly reason: string;
  /** Last day of validity, `YYYY-MM-DD`. */
  readonly until: string;
}

const SITE = "homelab:index:Site";

/** The `Site` component of the stack, when the program has one. */
export function siteOf(stack: readonly Judged[]): Judged | undefined {
  return stack.find((resource) => resource.type === SITE);
}

/** The waivers that the site records; a stack without a site waives nothing. */
export function waiversOf(stack: readonly Judged[]): readonly Waiver[] {
  return (siteOf(stack)?.props["waivers"] ?? []) as readonly Waiver[];
}

/** The waiver that covers a violation on a day, when there is one. */
export function waiverFor(finding: Finding, waivers: readonly Waiver[], today: string): Waiver | undefined {
  return waivers.find((waiver) => covers(waiver, finding) && waiver.until >= today);
}

/** Whether a waiver speaks of this violation, whatever its date. */
export function covers(waiver: Waiver, finding: Finding): boolean {
  return waiver.rule === finding.rule.name && coversResource(waiver.resource, finding.resource.name);
}

/** Today in UTC as `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
