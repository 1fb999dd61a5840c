import type { Appliance, Network } from "../../src/site/index.ts";
import { NetworkConfig, NfsConfig, SmbConfig } from "../../truenas/index.ts";
import { type Planned, plan } from "./planned.ts";

type Networks = Readonly<Record<string, Network>>;

/** Where the file services of an appliance listen, and its one way out. */
export function bindingPlan(appliance: Appliance, networks: Networks): Planned[] {
  const { nfs, smb } = appliance.listens;

  return [
    ...(nfs ? [plan(NfsConfig, "nfs", { bindip: addressesIn(appliance, nfs), protocols: ["NFSV4"] })] : []),
    ...(smb ? [plan(SmbConfig, "smb", { bindip: addressesIn(appliance, smb) })] : []),
    ...gateways(appliance, networks),
  ];
}

/** An appliance's addresses in some networks. */
export function addressesIn(appliance: Appliance, networks: readonly string[]): string[] {
  return networks.flatMap((network) => appliance.addresses[network] ?? []);
}

function gateways({ addresses }: Appliance, networks: Networks): Planned[] {
  const gateway = Object.keys(addresses).flatMap((network) => networks[network]?.gateway ?? [])[0];
  if (gateway === undefined) return [];
  return [plan(NetworkConfig, "network", gateway.includes(":") ? { ipv6gateway: gateway } : { ipv4gateway: gateway })];
}
