import type { EnforcementLevel } from "@pulumi/policy";
import { PHASES, type Phase } from "../src/site/vocabulary.ts";
import { textAt } from "./reading.ts";
import type { Rule } from "./rule.ts";

const SITE_KEY = "homelab:site";

/** The level of a rule in a phase; without one the stricter holds. */
export function levelOf({ weight }: Pick<Rule, "weight">, phase: Phase | undefined): EnforcementLevel {
  if (weight === "advice") return "advisory";
  return weight === "by-phase" && phase === "transition" ? "advisory" : "mandatory";
}

/** The phase that a stack's configuration states, `PULUMI_CONFIG` as the engine sets it; undefined when it states none. */
export function phaseOf(configuration: string | undefined): Phase | undefined {
  const site = textAt(parsed(configuration), SITE_KEY);
  const stated = textAt(parsed(site), "ownership", "phase");
  return PHASES.find((phase) => phase === stated);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}") as unknown;
  } catch {
    return undefined;
  }
}
