import { styleText } from "node:util";
import type { ReportedPolicy } from "../report.ts";
import { nameOf } from "../resource-name.ts";

/** What a waiver's message holds; its form is the pack's own. */
const WAIVED = /^waived until \S+: (?<rule>[\w-]+): (?<violation>.*?)(?:\. Reason: (?<reason>.*))?$/s;

interface Waived {
  readonly head: string;
  readonly name: string;
  readonly violation: string;
  readonly reason: string;
}

/** What the site waives, one paragraph per rule and reason: until when, what, and why. */
export function renderWaivers(policies: readonly ReportedPolicy[]): string {
  const waived = policies.flatMap((policy) => waivedBy(policy) ?? []);

  return [...Map.groupBy(waived, ({ head, reason }) => `${head}\n${reason}`).values()].map(paragraph).join("\n");
}

function waivedBy({ waivedUntil, message, urn }: ReportedPolicy): Waived | undefined {
  if (!waivedUntil) return undefined;
  const { rule = "", violation = message, reason = "" } = WAIVED.exec(message)?.groups ?? {};

  return { head: `until ${waivedUntil}  ${rule}`, name: nameOf(urn), violation, reason };
}

function paragraph(members: readonly Waived[]): string {
  const [{ head, reason, violation } = { head: "", reason: "", violation: "" }] = members;
  const what =
    members.length === 1 ? violation : `${members.length} resources: ${members.map(({ name }) => name).join(", ")}`;

  return [styleText("yellow", head), `  ${what}`, ...(reason ? [styleText("dim", `  ${reason}`)] : [])].join("\n");
}
