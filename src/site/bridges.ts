import { fingerprint } from "../../truenas/index.ts";
import { blockOf } from "./addresses.ts";
import type { Bridge, Host, Network, Proxmox } from "./site.ts";

type Networks = Readonly<Record<string, Network>>;

/** An address of a host on one of its bridges. */
export interface HostInterface {
  readonly bridge: string;
  readonly network: string;
  /** The VLAN's tag; undefined for the one whose packets have none. */
  readonly tag: number | undefined;
  /** The address with the length of its prefix. */
  readonly address: string;
  /** The way to everywhere else; only on the network over which the host is managed. */
  readonly gateway: string | undefined;
  readonly mtu: number;
}

/** The VLAN whose packets have no tag on a bridge. */
export const UNTAGGED_VLAN = 1;

/** The bridge of a host that carries a network. */
export function bridgeOf({ bridges }: Proxmox, network: string): string | undefined {
  return Object.entries(bridges).find(([, { networks }]) => networks.includes(network))?.[0];
}

/** The tags that a bridge carries, as Proxmox writes them: `1 10 20 30-32`. */
export function vidsOf(bridge: Bridge, networks: Networks): string {
  const tags = bridge.networks.flatMap((name) => networks[name]?.vlan ?? []).sort((one, other) => one - other);
  const runs: number[][] = [];
  for (const tag of tags) {
    const run = runs.at(-1);
    if (run && run.at(-1) === tag - 1) run.push(tag);
    else runs.push([tag]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}-${run.at(-1)}` : String(run[0]))).join(" ");
}

/** Largest packet on a bridge, in bytes: what is stated, else the largest of its networks. */
export function bridgeMtu({ mtu, networks: names }: Bridge, networks: Networks): number {
  return mtu ?? Math.max(1500, ...names.map((name) => networks[name]?.mtu ?? 0));
}

/** The addresses of a host, each on the bridge that carries its network. */
export function hostInterfaces(host: Host, networks: Networks): HostInterface[] {
  const { proxmox } = host;
  if (!proxmox) return [];
  return Object.entries(host.addresses).flatMap(([name, address]) => {
    const bridge = bridgeOf(proxmox, name);
    const network = networks[name];
    if (!bridge || !network) return [];
    const { vlan, cidr, mtu, gateway } = network;
    return {
      bridge,
      network: name,
      tag: vlan === UNTAGGED_VLAN ? undefined : vlan,
      address: `${address}/${blockOf(cidr)[1]}`,
      gateway: name === proxmox.api.network ? gateway : undefined,
      mtu,
    };
  });
}

/** Whether a bridge carries the connection over which the host is managed. */
export function carriesApi({ api, ssh }: Proxmox, { networks }: Bridge): boolean {
  return networks.includes(api.network) || networks.includes(ssh.network);
}

/** Short name of everything that a mistake in could cut off the host: the bridge's ports, tags and the host's addresses on it. */
export function bridgeFingerprint(host: Host, name: string, bridge: Bridge, networks: Networks): string {
  const addresses = hostInterfaces(host, networks).filter((at) => at.bridge === name);
  return fingerprint([
    `ports ${[...bridge.ports].sort().join(" ")}`,
    `vids ${vidsOf(bridge, networks)}`,
    `mtu ${bridgeMtu(bridge, networks)}`,
    ...addresses.map(({ tag, address, gateway }) => `address ${tag ?? "untagged"} ${address} ${gateway ?? "-"}`),
  ]);
}
