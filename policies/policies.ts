import type { StackValidationPolicy } from "@pulumi/policy";
import type { Phase } from "../src/site/vocabulary.ts";
import { blockingRuleRuns } from "./pack/blocking-rule-runs.ts";
import { presetFitsPhase } from "./pack/preset-fits-phase.ts";
import { undecided } from "./pack/undecided.ts";
import { waiverIsCurrent } from "./pack/waiver-is-current.ts";
import { waivers } from "./pack/waivers.ts";
import { rules } from "./rules.ts";
import { type PackPolicy, PackServer } from "./serve-rule.ts";

/** The policies that speak of the pack itself; they come last, since they speak of what the rules found. */
export const packPolicies: readonly PackPolicy[] = [
  presetFitsPhase,
  blockingRuleRuns,
  waiverIsCurrent,
  waivers,
  undecided,
];

/** Every policy of the pack, at the levels of a phase; the stricter ones when no phase is known. */
export function policiesFor(phase: Phase | undefined): StackValidationPolicy[] {
  const server = new PackServer(rules);
  return [...rules.map((rule) => server.rule(rule, phase)), ...packPolicies.map((policy) => server.own(policy))];
}
