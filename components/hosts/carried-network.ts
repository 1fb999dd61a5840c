import * as pulumi from "@pulumi/pulumi";
import type { Network } from "../../src/site/index.ts";

/** What a network on a host is made from. */
export interface CarriedNetworkArgs {
  readonly host: string;
  readonly network: Network;
  /** The bridge that carries it. */
  readonly bridge: string;
}

/** One VLAN that a bridge of a host carries, with the host's own address in it below, where it has one. */
export class CarriedNetwork extends pulumi.ComponentResource {
  constructor(name: string, { host, network, bridge }: CarriedNetworkArgs, opts: pulumi.ComponentResourceOptions) {
    const { vlan, cidr, mtu, purpose } = network;
    const inputs = { bridge, vlan, cidr, mtu, purpose };
    super("homelab:hosts:CarriedNetwork", `${host}/VLAN ${vlan} ${name}`, inputs, opts);
    this.registerOutputs({});
  }
}
