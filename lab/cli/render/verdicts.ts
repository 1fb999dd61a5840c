import { styleText } from "node:util";
import type { ReportedError, ReportedPolicy } from "../report.ts";
import { nameOf } from "../resource-name.ts";

/** The policies' verdicts, one paragraph each; waivers are shown by themselves. */
export function renderPolicies(policies: readonly ReportedPolicy[]): string {
  const said = policies.filter(({ waivedUntil }) => waivedUntil === undefined);
  return said.map(({ policy, level, message }) => `${levelMark(level)} ${policy}: ${message}`).join("\n");
}

/** What went wrong, each with its place and, where the message does not say it already, with what to do. */
export function renderErrors(errors: readonly ReportedError[]): string {
  return errors
    .map(({ message, urn, remedy }) => {
      const line = `${styleText("red", "error")} ${urn ? `${nameOf(urn)}: ` : ""}${message}`;
      return remedy && !message.includes(remedy) ? `${line}\n  remedy: ${remedy}` : line;
    })
    .join("\n");
}

function levelMark(level: string): string {
  return level === "mandatory" ? styleText("red", "[mandatory]") : styleText("yellow", `[${level}]`);
}
