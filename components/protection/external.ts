import * as pulumi from "@pulumi/pulumi";

/** Arguments of `ExternalCopy`. */
export interface ExternalCopyArgs {
  /** The dataset that it is a copy of, pool first. */
  readonly dataset: string;
  /** Whether everything below goes along. */
  readonly recursive: boolean;
  /** What carries it, for example `syncthing`. */
  readonly method: string;
  /** The machine that the data lies on. */
  readonly sourceHost: string;
  /** The machine that keeps the copy; absent when it leaves the house. */
  readonly host?: string;
  /** When it runs, as cron fields. */
  readonly schedule?: object;
}

/** A copy that something outside this program carries: nothing is made, but it is on record and counts (ADR-0028). */
export class ExternalCopy extends pulumi.ComponentResource {
  constructor(name: string, args: ExternalCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:protection:ExternalCopy", name, { ...args }, opts);

    this.registerOutputs({ ...args });
  }
}

/** Arguments of `ExternalMonitor`. */
export interface ExternalMonitorArgs {
  /** What it tells somebody of. */
  readonly watches: readonly string[];
}

/** A monitor outside this program that watches an appliance: nothing is made, but it is on record and counts (ADR-0028). */
export class ExternalMonitor extends pulumi.ComponentResource {
  constructor(name: string, args: ExternalMonitorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:protection:ExternalMonitor", name, { ...args }, opts);

    this.registerOutputs({ ...args });
  }
}
