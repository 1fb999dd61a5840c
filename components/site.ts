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
}

/** The site itself: its ownership model, phase and waivers, so that they are in the state wherever policies run. */
export class Site extends pulumi.ComponentResource {
  constructor(name: string, args: SiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:index:Site", name, { ...args }, opts);

    this.registerOutputs({ ...args });
  }
}
