import { coversResource } from "../src/site/vocabulary.ts";
import type { Finding } from "./rule.ts";
import type { Waiver } from "./site-record.ts";

/** The waiver that covers a violation on a day, when there is one. */
export function waiverFor(finding: Finding, waivers: readonly Waiver[], today: string): Waiver | undefined {
  return waivers.find((waiver) => covers(waiver, finding) && waiver.until >= today);
}

/** Whether a waiver speaks of this violation, whatever its date. */
export function covers(waiver: Waiver, finding: Finding): boolean {
  return waiver.rule === finding.rule.name && coversResource(waiver.resource, finding.resource.name);
}
