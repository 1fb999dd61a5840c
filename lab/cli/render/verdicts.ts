import { styleText } from "node:util";
import type { ReportedError, ReportedPolicy } from "../report.ts";
import { nameOf } from "./tree.ts";

/** The policies' verdicts, one paragraph each. */
export function renderPolicies(policies: readonly ReportedPolicy[]): string {
  return policies.map(({ policy, level, message }) => `${levelMark(level)} ${policy}: ${message}`).join("\n");
}

/** What went wrong, each with its place. */
export function renderErrors(errors: readonly ReportedError[]): string {
  return errors
    .map(({ message, urn }) => `${styleText("red", "error")} ${urn ? `${nameOf(urn)}: ` : ""}${message}`)
    .join("\n");
}

function levelMark(level: string): string {
  return level === "mandatory" ? styleText("red", "[mandatory]") : styleText("yellow", `[${level}]`);
}
