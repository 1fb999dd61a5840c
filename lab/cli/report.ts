import type { Diagnostic, PolicyFinding, Run, Step } from "../engine/index.ts";
import { remedyFor } from "./remedies.ts";

/** How many resources met each fate; the stack, providers and components are listed but not counted, except what waits. */
export interface Operations {
  create: number;
  update: number;
  replace: number;
  delete: number;
  import: number;
  same: number;
  waiting: number;
}

/** What went wrong, with its place and its remedy where they are known. */
export interface ReportedError {
  readonly source: "site" | "policy" | "provider" | "engine";
  readonly path?: string;
  readonly urn?: string;
  readonly message: string;
  readonly remedy?: string;
}

/** A policy's verdict. */
export interface ReportedPolicy {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
  readonly waivedUntil?: string;
  readonly undecided?: true;
}

/** What a simulated appliance counted. */
export interface Traffic {
  readonly sshConnections: number;
  readonly midcltProcesses: number;
  readonly middlewareCalls: number;
}

/** One logical operation on one resource. */
export interface ReportedResource {
  readonly urn: string;
  readonly type: string;
  readonly op: string;
  readonly diff?: Readonly<Record<string, { readonly kind: string }>>;
}

/** The machine-readable outcome of a command, version 1. */
export interface Report {
  readonly version: 1;
  readonly stack: string;
  readonly command: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly operations: Operations;
  readonly second?: Operations;
  readonly resources: readonly ReportedResource[];
  readonly errors: readonly ReportedError[];
  readonly policies: readonly ReportedPolicy[];
  readonly truenas: Readonly<Record<string, Traffic>>;
  /** Keys of the secrets that nobody has set; a rehearsal makes them up and has none. */
  readonly missingSecrets: readonly string[];
}

const WAITING = "homelab:waiting:";
const PROVIDER = "pulumi:providers:";
const COUNTED: Readonly<Record<string, keyof Operations>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  import: "import",
  same: "same",
  read: "same",
  refresh: "same",
};

/** Whether the resource waits for its host. */
export function waits(type: string): boolean {
  return type.startsWith(WAITING);
}

/** Whether the resource is counted: neither the stack, nor a provider, nor a component. */
export function counts(step: Step): boolean {
  return step.custom && !step.type.startsWith(PROVIDER);
}

/** The logical operation of a step, `waiting` for what waits for its host. */
export function operationOf(step: Step): string {
  return waits(step.type) && step.op !== "delete" ? "waiting" : step.op;
}

/** Counts the steps of a run. */
export function countOperations(steps: readonly Step[]): Operations {
  const operations: Operations = { create: 0, update: 0, replace: 0, delete: 0, import: 0, same: 0, waiting: 0 };
  for (const step of steps) {
    if (operationOf(step) === "waiting") operations.waiting += 1;
    else if (counts(step)) operations[COUNTED[step.op] ?? "same"] += 1;
  }
  return operations;
}

/** Whether a run changed anything. */
export function changed(operations: Operations): boolean {
  const { create, update, replace, delete: deleted, import: imported } = operations;
  return create + update + replace + deleted + imported > 0;
}

/** One entry per resource. */
export function reportResources(steps: readonly Step[]): ReportedResource[] {
  return steps.map((step) => ({
    urn: step.urn,
    type: step.type,
    op: operationOf(step),
    ...(step.diff && Object.keys(step.diff).length > 0 ? { diff: step.diff } : {}),
  }));
}

/** Everything that made a run fail: the site's problems, the policies' refusals, and what providers and engine said. */
export function reportErrors(run: Run): ReportedError[] {
  const said = run.diagnostics
    .filter((diagnostic) => diagnostic.severity === "error")
    .flatMap((diagnostic) => reportDiagnostic(diagnostic, run.steps));
  const refused = run.policies.filter((finding) => finding.level === "mandatory").map(reportRefusal);

  return [...said, ...refused];
}

const SITE_PROBLEM = /^(homelab:site[^\s:]*(?::\S[^\s:]*)*): /;

function reportDiagnostic(diagnostic: Diagnostic, steps: readonly Step[]): ReportedError[] {
  const { urn } = diagnostic;
  const lines = diagnostic.message.split("\n").filter((line) => SITE_PROBLEM.test(line.trim()));
  if (lines.length > 0) return lines.map((line) => siteProblem(line.trim()));

  const source = diagnostic.source === "provider" || diagnostic.source === "policy" ? diagnostic.source : "engine";
  const message = diagnostic.message.trim();
  return [{ source, ...(urn ? { urn } : {}), message, ...remedyFor({ ...diagnostic, message }, steps) }];
}

function siteProblem(line: string): ReportedError {
  const path = SITE_PROBLEM.exec(line)?.[1] ?? "homelab:site";
  return { source: "site", path, message: line, ...remedyFor({ message: line }, []) };
}

function reportRefusal(finding: PolicyFinding): ReportedError {
  return { source: "policy", urn: finding.urn, message: `${finding.policy}: ${violationIn(finding)}` };
}

/** What a policy reported; the protocol puts the policy's description on a line before it. */
export function violationIn({ message }: PolicyFinding): string {
  return message.slice(message.indexOf("\n") + 1);
}

/** The policies' verdicts, with the date of a waiver read from the message that carries it. */
export function reportPolicies(findings: readonly PolicyFinding[]): ReportedPolicy[] {
  return findings.map((finding) => {
    const { policy, level, urn } = finding;
    const message = violationIn(finding);
    const waivedUntil = /^waived until (\d{4}-\d{2}-\d{2}):/.exec(message)?.[1];
    return {
      policy,
      level,
      urn,
      message,
      ...(waivedUntil ? { waivedUntil } : {}),
      ...(message.startsWith("undecided:") ? { undecided: true as const } : {}),
    };
  });
}
