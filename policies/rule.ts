import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { Judged } from "./judged.ts";

/** One sentence of an architecture decision as a check of single resources. */
export interface Rule {
  /** The obligation in kebab-case; waivers and configuration name it. */
  readonly name: string;
  /** The obligation as one sentence. */
  readonly description: string;
  /** Where the obligation comes from, for example `D1 §8`. */
  readonly source: string;
  /** What to do about a violation, as an imperative. */
  readonly remedy: string;
  /** How much harm a violation can do. */
  readonly severity: Severity;
  /** What a violation does to a run, unless configured otherwise. */
  readonly level: EnforcementLevel;
  /** Type tokens of the resources that the rule judges. */
  readonly judges: readonly string[];
  /** What is wrong with one resource, as sentences; empty when nothing is. May throw on a value not known yet. */
  judge(resource: Judged, stack: readonly Judged[]): readonly string[];
}

/** A violation of one rule by one resource, or the reason why the rule could not decide. */
export interface Finding {
  readonly rule: Rule;
  readonly resource: Judged;
  readonly message: string;
  readonly undecided: boolean;
}
