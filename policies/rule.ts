import type { PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { OwnershipModel } from "../src/site/vocabulary.ts";
import type { Judged } from "./judged.ts";
import type { Stack } from "./stack.ts";

/** What a configuration may change about a rule. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * How a rule's level is decided: data loss always blocks; ownership, and proof that a restore works, block once a site is
 * steady; advice never does.
 */
export type Weight = "always" | "by-phase" | "advice";

/** One sentence of an architecture decision as a check of single resources. */
export interface Rule {
  /** The obligation in kebab-case; waivers and configuration name it. */
  readonly name: string;
  /** The obligation as one sentence. */
  readonly description: string;
  /** Where the obligation comes from, for example `D1 §8, ADR-0009`. */
  readonly source: string;
  /** What to do about a violation, as an imperative. */
  readonly remedy: string;
  /** How much harm a violation can do. */
  readonly severity: Severity;
  /** What decides whether a violation stops a run. */
  readonly weight: Weight;
  /** The ownership model that the rule belongs to; every model when left out. */
  readonly model?: OwnershipModel;
  /** What may be configured, each with a default. */
  readonly configSchema?: PolicyConfigSchema;
  /** Type tokens of the resources that the rule judges. */
  readonly judges: readonly string[];
  /** What is wrong with one resource, as sentences; empty when nothing is. May throw on a value not known yet. */
  judge(resource: Judged, stack: Stack, settings: Settings): readonly string[];
}

/** A violation of one rule by one resource, or the reason why the rule could not decide. */
export interface Finding {
  readonly rule: Rule;
  readonly resource: Judged;
  readonly message: string;
  readonly undecided: boolean;
}
