import type { DataClass } from "../../src/site/index.ts";

/** How soon somebody has to look: at once, today, or at the next occasion. */
export const SEVERITIES = ["critical", "warning", "info"] as const;
/** How soon somebody has to look. */
export type Severity = (typeof SEVERITIES)[number];

/** One thing that somebody is told of, as Prometheus finds it. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold, as Prometheus writes times. */
  readonly for: string;
  readonly severity: Severity;
  /** What tells rules of one name apart. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What to do, in words that somebody woken at night understands. */
  readonly remedy: string;
  /** Page of the site's runbooks; their first page when left out. */
  readonly runbook?: string;
}

/** Rules that belong together. */
export interface RuleGroup {
  readonly name: string;
  /** What it is about, for the document. */
  readonly doc: string;
  readonly rules: readonly Rule[];
}

/** How soon, by how precious the data is. */
export const SEVERITY_OF: Readonly<Record<DataClass, Severity>> = {
  authoritative: "critical",
  runtime: "warning",
  transitional: "info",
  disposable: "info",
  container: "info",
};

/** The graver of severities; `info` when there is none. */
export function gravest(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? "info";
}
