import type { network } from "@muhlba91/pulumi-proxmoxve";
import {
  bridgeMtu,
  type Host,
  type HostInterface,
  hostInterfaces,
  type Proxmox,
  type Site,
  vidsOf,
} from "../../src/site/index.ts";

/** Interfaces of a host by the name that they have there, each with the bridge that it lies on. */
export interface HostInterfaces {
  readonly bridges: Readonly<Record<string, network.linux.BridgeArgs>>;
  readonly vlans: Readonly<
    Record<string, network.linux.VlanArgs & { readonly interface: string; readonly vlan: number }>
  >;
}

/** The bridges of a host and its own addresses on them; one in the untagged VLAN is the bridge's. */
export function interfacesOf(
  nodeName: string,
  host: Host,
  proxmox: Proxmox,
  networks: Site["networks"],
): HostInterfaces {
  const own = hostInterfaces(host, networks);
  const bridges = Object.entries(proxmox.bridges).map(([name, bridge]) => {
    const untagged = own.find((at) => at.bridge === name && at.tag === undefined);
    const args = {
      nodeName,
      name,
      ports: [...bridge.ports],
      vlanAware: true,
      vids: vidsOf(bridge, networks),
      mtu: bridgeMtu(bridge, networks),
      autostart: true,
      ...(untagged ? addressed(untagged) : {}),
    };
    return [name, args] as const;
  });
  const vlans = own.flatMap((at) => {
    const { bridge, tag, mtu } = at;
    if (tag === undefined) return [];
    const name = `${bridge}.${tag}`;
    return [[name, { nodeName, name, interface: bridge, vlan: tag, mtu, autostart: true, ...addressed(at) }] as const];
  });

  return { bridges: Object.fromEntries(bridges), vlans: Object.fromEntries(vlans) };
}

function addressed({ address, gateway, network }: HostInterface) {
  return { address, ...(gateway ? { gateway } : {}), comment: network };
}
