import * as pulumi from "@pulumi/pulumi";

/** What the policies need to know about the site as a whole. */
export interface SiteArgs {
  readonly name: string;
  readonly ownershipModel: string;
  readonly phase: string;
  readonly waivers: readonly {
    readonly rule: string;
    readonly resource: string;
    readonly reason: string;
    readonly until: string;
  }[];
  /** VLANs by name: tag and range. */
  readonly networks: Readonly<Record<string, { readonly vlan: number; readonly cidr: string }>>;
  /** Machines by name: whether they are there, their role and where they are reached. */
  readonly hosts: Readonly<
    Record<
      string,
      { readonly state: string; readonly role?: string; readonly addresses: Readonly<Record<string, string>> }
    >
  >;
  /** Class of every dataset and zvol, by resource name. */
  readonly classes: Readonly<Record<string, string>>;
  /** Data that lies in volumes which a cluster's driver makes below it, by resource name: as files or as blocks. */
  readonly made: Readonly<Record<string, "nfs" | "iscsi">>;
  /** Names of the pools and data that are let go of: taken out of the program, kept on the appliance. */
  readonly retained: readonly string[];
  /** Names of the replications that may destroy what lies in their targets, for the first run. */
  readonly fromScratch: readonly string[];
  /** Appliances whose configuration is copied for a certificate of which nobody confirmed to hold the private key. */
  readonly unconfirmedCopies: readonly string[];
  /** Share of each pool that stays free of promises, in percent. */
  readonly minHeadroom: number;
  /** Fill levels at which somebody is told, in percent. */
  readonly capacityAlerts: readonly number[];
}

/** The site itself: what no single resource says, so that it is in the state wherever policies run. */
export class Site extends pulumi.ComponentResource {
  constructor(name: string, args: SiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:index:Site", name, { ...args }, opts);

    this.registerOutputs({ ...args });
  }
}
