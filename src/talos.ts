import type { EtcdSnapshots } from "../components/clusters/etcd-snapshots.ts";
import type { TalosNode, TalosPlan } from "../components/clusters/talos/plan.ts";
import { schematicId } from "../components/clusters/talos/schematic.ts";
import type { Cluster, ClusterNode, Site, VirtualMachine } from "./site/index.ts";

/** A Talos cluster as the site describes it. */
export function talosPlan(
  name: string,
  cluster: Cluster,
  { networks }: Site,
  machines: readonly VirtualMachine[],
  etcdSnapshots: EtcdSnapshots | undefined,
): TalosPlan {
  const { version = "", kubernetes = "", endpoint = "", network } = cluster;
  return {
    name,
    version,
    kubernetes,
    endpoint,
    subnet: networks[network]?.cidr ?? "",
    ...(etcdSnapshots ? { etcdSnapshots } : {}),
    nodes: machines.map((machine) => talosNode(cluster, machine)),
  };
}

/** A machine of a Talos cluster. */
export function talosNode(cluster: Cluster, { name, nics, nameservers }: VirtualMachine): TalosNode {
  const spec = cluster.nodes[name];
  if (!spec) throw new Error(`the cluster has no node ${name}`);
  const { role, network, address, labels, taints } = spec;
  const card = nics.findIndex((nic) => nic.network === network);
  return {
    name,
    role,
    address,
    card,
    subnet: nics[card]?.subnet ?? "",
    interfaces: nics.map(({ cidr, gateway, mtu }) => ({ address: cidr, mtu, ...(gateway ? { gateway } : {}) })),
    nameservers,
    labels,
    taints,
    schematic: schematicOf(cluster, spec),
  };
}

/** The Image Factory's name of what a node runs. */
export function schematicOf({ extensions }: Cluster, node: ClusterNode): string {
  return schematicId([...extensions, ...node.extensions]);
}
