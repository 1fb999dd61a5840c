import type { EnforcementLevel, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { Phase } from "../src/site/vocabulary.ts";
import { judged } from "./judged.ts";
import { levelOf } from "./levels.ts";
import type { Rule, Settings } from "./rule.ts";
import { type Verdict, Verdicts } from "./verdicts.ts";

const DECISIONS = { name: "homelab architecture decisions", version: "1", specification: "docs/adr" };

/** A policy of the pack itself: it speaks of waivers, presets and what could not be decided. */
export interface PackPolicy extends Omit<StackValidationPolicy, "validateStack" | "enforcementLevel"> {
  readonly enforcementLevel: EnforcementLevel;
  readonly source: string;
  verdicts(verdicts: Verdicts, settings: Settings): readonly Verdict[];
}

/**
 * The policies of the pack. The engine hands the same resources to each in turn; they are read once, and again when a
 * policy comes for the second time, which starts the next analysis.
 */
export class PackServer {
  readonly #rules: readonly Rule[];
  readonly #served = new Set<string>();
  #verdicts: Verdicts | undefined;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** A rule as a policy of the whole stack: it reports every violation that no waiver covers. */
  rule(rule: Rule, phase: Phase | undefined): StackValidationPolicy {
    const { name, description, severity, source, remedy, configSchema } = rule;
    return {
      name,
      description,
      severity,
      enforcementLevel: levelOf(rule, phase),
      framework: { ...DECISIONS, reference: source },
      tags: sourcesOf(source),
      remediationSteps: remedy,
      ...(configSchema ? { configSchema } : {}),
      validateStack: ({ resources, getConfig }, report) => {
        const found = this.#about(name, resources).violations(rule, getConfig<Settings>());
        for (const { message, urn } of found) report(message, urn);
      },
    };
  }

  /** A policy of the pack itself. */
  own({ verdicts, source, ...policy }: PackPolicy): StackValidationPolicy {
    return {
      ...policy,
      framework: { ...DECISIONS, reference: source },
      validateStack: ({ resources, getConfig }, report) => {
        const found = verdicts(this.#about(policy.name, resources), getConfig<Settings>());
        for (const { message, urn } of found) report(message, urn);
      },
    };
  }

  #about(policy: string, resources: readonly PolicyResource[]): Verdicts {
    if (!this.#verdicts || this.#served.has(policy)) {
      this.#verdicts = new Verdicts(this.#rules, judged(resources));
      this.#served.clear();
    }
    this.#served.add(policy);
    return this.#verdicts;
  }
}

/** The decisions that a source names, for example `D1` and `ADR-0009`. */
export function sourcesOf(source: string): string[] {
  return [...new Set(source.match(/\bD[0-4]\b|\bADR-\d{4}\b/g) ?? [])];
}
