/** What a check says of one thing. */
export type Status =
  /** As it should be. */
  | "passed"
  /** Not as it should be: the command ends with 1. */
  | "failed"
  /** Its host is not there yet, so there is nothing to look at. */
  | "waiting"
  /** Worth knowing, and nobody's fault. */
  | "noted"
  /** Could not be looked at, for a reason that another finding states. */
  | "skipped";

/** A number behind a finding, for whoever draws curves. */
export interface Measure {
  /** Name of the metric without its prefix, e.g. `snapshot_age_seconds`; documented in `render/metrics.ts`. */
  readonly metric: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One verdict of a check. */
export interface Finding {
  readonly status: Status;
  /** Name of the appliance; absent for what concerns the site as a whole. */
  readonly appliance?: string;
  /** What it is about, in the owner's words: a dataset, a pool, a service. */
  readonly subject: string;
  readonly found: string;
  /** What would be in order; absent where the subject says it already. */
  readonly expected?: string;
  /** What to do about a failure. */
  readonly remedy?: string;
  readonly measures?: readonly Measure[];
}

/** A task is declared, and the appliance has none. */
export function noSuchTask(about: Pick<Finding, "appliance" | "subject">): Finding {
  return {
    ...about,
    status: "failed",
    found: "no such task",
    expected: "a task",
    remedy: "npm run pulumi -- up makes it",
  };
}
