import { blockOf, broadcastAddress, canonical, contains, networkAddress } from "../addresses.ts";
import { formatPath, type PathPart } from "../problem.ts";
import type { Network, Site } from "../site.ts";
import { appliancesOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { machineOf } from "./machines.ts";
import { repeated } from "./repeated.ts";

interface AddressAt {
  readonly address: string;
  readonly network: string;
  /** The machine that answers there; a bare-metal appliance and its host are one machine. */
  readonly machine: string;
  readonly path: readonly PathPart[];
}

/** No two machines answer to one address. */
export const uniqueAddresses: Check = {
  rule: "unique-addresses",
  find: ({ site }) =>
    repeated(addressesOf(site), ({ address }) => canonical(address))
      .filter(({ first, again }) => first.machine !== again.machine)
      .map(({ first, again }) => ({
        path: again.path,
        says: `${again.address} is also ${formatPath(first.path)}`,
        allowed: "an address that no other machine has",
        remedy: "give one of the two another address",
      })),
};

/** Every address lies in its network and can belong to a machine there. */
export const addressInNetwork: Check = {
  rule: "address-in-network",
  find: ({ site }) =>
    addressesOf(site).flatMap(({ address, network, path }) => {
      const spec = site.networks[network];
      const wrong = spec === undefined ? undefined : misplaced(address, spec);
      if (spec === undefined || wrong === undefined) return [];

      const allowed = `a host address in ${spec.cidr}`;
      return [{ path, says: `${address} ${wrong}`, allowed, remedy: `choose a free address in ${network}` }];
    }),
};

function misplaced(address: string, { cidr }: Network): string | undefined {
  const block = blockOf(cidr);
  const same = (other: { toString(): string } | undefined) =>
    other !== undefined && canonical(other.toString()) === canonical(address);

  if (!contains(block, address)) return `is outside ${cidr}`;
  if (same(broadcastAddress(block))) return `is the broadcast address of ${cidr}`;
  return broadcastAddress(block) !== undefined && same(networkAddress(block))
    ? `is the address of ${cidr} itself`
    : undefined;
}

function addressesOf(site: Site): AddressAt[] {
  const gateways = Object.entries(site.networks).flatMap(([network, { gateway }]) =>
    gateway === undefined
      ? []
      : [{ address: gateway, network, machine: `gateway ${network}`, path: ["networks", network, "gateway"] }],
  );
  const hosts = Object.entries(site.hosts).flatMap(([host, { addresses }]) =>
    listed(addresses, `host ${host}`, ["hosts", host]),
  );
  const appliances = appliancesOf(site).flatMap(({ appliance, spec, path }) =>
    listed(spec.addresses, machineOf(site, appliance), path),
  );
  const machines = Object.entries(site.machines).flatMap(([name, { addresses }]) =>
    listed(addresses, `machine ${name}`, ["machines", name]),
  );
  return [...gateways, ...hosts, ...appliances, ...machines, ...clusterAddresses(site)];
}

function clusterAddresses(site: Site): AddressAt[] {
  return Object.entries(site.clusters).flatMap(([cluster, { endpoint, network, nodes }]) => {
    const top = ["clusters", cluster];
    const listing = Object.entries(nodes).flatMap(([name, node]) => [
      { ...node, machine: `node ${name}`, path: [...top, "nodes", name, "address"] },
      ...listed(node.addresses, `node ${name}`, [...top, "nodes", name]),
    ]);
    const own = Object.values(nodes).some(({ address }) => address === endpoint);
    return endpoint === undefined || own
      ? listing
      : [...listing, { address: endpoint, network, machine: `endpoint ${cluster}`, path: [...top, "endpoint"] }];
  });
}

function listed(addresses: Readonly<Record<string, string>>, machine: string, path: readonly PathPart[]): AddressAt[] {
  return Object.entries(addresses).map(([network, address]) => {
    return { address, network, machine, path: [...path, "addresses", network] };
  });
}
