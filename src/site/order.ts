import type { Site } from "./site.ts";

/**
 * A site whose order does not hang on how it was read: the engine sorts the keys of a configuration, a file keeps
 * theirs. What is counted or what the first of is taken stands by VLAN: addresses, and with them network cards.
 */
export function inOrder(site: Site): Site {
  const { networks } = site;
  const byVlan = <Placed extends { readonly addresses: Readonly<Record<string, string>> }>(placed: Placed): Placed => {
    const vlan = ([network]: readonly [string, string]) => networks[network]?.vlan ?? 0;
    const entries = Object.entries(placed.addresses).toSorted((one, other) => vlan(one) - vlan(other));
    return { ...placed, addresses: Object.fromEntries(entries) };
  };

  return {
    ...site,
    appliances: mapped(site.appliances, byVlan),
    machines: mapped(site.machines, byVlan),
    clusters: mapped(site.clusters, (cluster) => ({ ...cluster, nodes: mapped(cluster.nodes, byVlan) })),
  };
}

function mapped<Value>(map: Readonly<Record<string, Value>>, change: (value: Value) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
