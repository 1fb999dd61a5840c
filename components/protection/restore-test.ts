import * as pulumi from "@pulumi/pulumi";
import { type Evidence, hoursOf, type RestoreTestSpec } from "../../src/site/index.ts";

/** Arguments of `RestoreTest`. */
export interface RestoreTestArgs {
  readonly spec: RestoreTestSpec;
  /** What the last drill proved; absent when there was none. */
  readonly evidence?: Evidence | undefined;
}

/**
 * A restore that is tried regularly, with the dated proof of the last time (ADR-0043): nothing is made, but it is on
 * record, and the policies judge it.
 */
export class RestoreTest extends pulumi.ComponentResource {
  constructor(name: string, args: RestoreTestArgs, opts?: pulumi.ComponentResourceOptions) {
    const inputs = restoreTestInputs(args);
    super("homelab:protection:RestoreTest", name, inputs, opts);

    this.registerOutputs(inputs);
  }
}

/** What the state keeps of a restore test; the sample's files stay in the evidence. */
function restoreTestInputs({ spec, evidence }: RestoreTestArgs): object {
  const { source, tier, copy, sample, every, firstBy, compare } = spec;

  return {
    appliance: source.appliance,
    dataset: source.dataset,
    tier,
    ...(copy ? { copy } : {}),
    sample,
    everyDays: hoursOf(every) / 24,
    ...(firstBy ? { firstBy } : {}),
    compare,
    ...(evidence ? { evidence: summaryOf(evidence) } : {}),
  };
}

function summaryOf({ performedAt, result, reason, takenAt, ageSeconds, seconds, bytes, files }: Evidence): object {
  return {
    performedAt,
    result,
    ...(reason === undefined ? {} : { reason }),
    ...(takenAt === undefined ? {} : { takenAt }),
    ...(ageSeconds === undefined ? {} : { ageSeconds }),
    seconds,
    bytes,
    files: files.length,
  };
}
