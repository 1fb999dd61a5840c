import type { EnforcementLevel } from "@pulumi/policy";
import type { Judged } from "./judged.ts";
import { levelOf } from "./levels.ts";
import { packPolicies } from "./policies.ts";
import { at, type Props, textAt } from "./reading.ts";
import type { Settings } from "./rule.ts";
import { rules } from "./rules.ts";
import { type Verdict, Verdicts } from "./verdicts.ts";

/** One verdict of one policy. */
export interface Said extends Verdict {
  readonly policy: string;
  readonly level: EnforcementLevel;
}

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled"];

/**
 * What the pack says about resources outside an engine, under a configuration such as a preset; levels that it does not
 * state are the stricter ones. Throws when it names a level that does not exist.
 */
export function evaluate(resources: readonly Judged[], configuration: Props = {}): Said[] {
  const verdicts = new Verdicts(rules, resources);
  const levelIn = (name: string, usual: EnforcementLevel) =>
    stated(configuration, name) ?? stated(configuration, "all") ?? usual;
  const settingsIn = (name: string) => settings(at(configuration, name));
  const say = (policy: string, usual: EnforcementLevel, found: () => readonly Verdict[]): Said[] => {
    const level = levelIn(policy, usual);
    return level === "disabled" ? [] : found().map((verdict) => ({ policy, level, ...verdict }));
  };

  return [
    ...rules.flatMap((rule) =>
      say(rule.name, levelOf(rule, undefined), () => verdicts.violations(rule, settingsIn(rule.name))),
    ),
    ...packPolicies.flatMap((policy) =>
      say(policy.name, policy.enforcementLevel, () => policy.verdicts(verdicts, settingsIn(policy.name))),
    ),
  ];
}

function stated(configuration: Props, name: string): EnforcementLevel | undefined {
  const written = at(configuration, name);
  const level = typeof written === "string" ? written : textAt(written, "enforcementLevel");
  const known = LEVELS.find((one) => one === level);
  if (level !== undefined && !known) {
    throw new Error(`the level of ${name} is "${level}"; allowed: ${LEVELS.join(", ")}; remedy: write one of these`);
  }
  return known;
}

function settings(written: unknown): Settings {
  if (typeof written !== "object" || written === null) return {};
  const { enforcementLevel: _level, ...rest } = written as Record<string, unknown>;
  return rest;
}
