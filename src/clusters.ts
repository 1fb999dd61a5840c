import type { KubernetesCluster } from "../components/clusters/kubernetes-cluster.ts";
import type { EtcdSnapshots, TalosNode, TalosPlan } from "../components/clusters/talos/plan.ts";
import { diskImage, schematicId } from "../components/clusters/talos/schematic.ts";
import { TalosCluster, type TalosMember } from "../components/clusters/talos/talos-cluster.ts";
import { type HostImage, imageOf } from "../components/hosts/images.ts";
import type { ProxmoxHost } from "../components/hosts/proxmox-host.ts";
import {
  type Cluster,
  type ClusterNode,
  formatSchedule,
  type Site,
  type VirtualMachine,
  virtualMachinesOf,
} from "./site/index.ts";

type Hosts = ReadonlyMap<string, ProxmoxHost>;

/** The Kubernetes clusters of a site whose machines are made here, by name. */
export function kubernetesClusters(site: Site, hosts: Hosts): Map<string, KubernetesCluster> {
  const made = Object.entries(site.clusters).flatMap(([name, cluster]) => {
    const members = membersOf(site, name, cluster, hosts);
    if (members.length === 0 || cluster.distribution !== "talos") return [];
    return [[name, new TalosCluster(name, { plan: planOf(site, name, cluster), members })] as const];
  });
  return new Map(made);
}

/** The images that the nodes of a cluster start from on a host. */
export function clusterImages(site: Site, _name: string, cluster: Cluster, host: string): HostImage[] {
  const nodes = Object.values(cluster.nodes).filter((node) => node.host === host);
  if (nodes.length === 0 || !site.hosts[host]?.proxmox) return [];
  if (cluster.distribution === "k3s") {
    const image = cluster.image && site.images[cluster.image];
    return image ? [imageOf(image)] : [];
  }
  return nodes.map((node) => diskImage(schematicOf(cluster, node), cluster.version ?? ""));
}

function planOf(site: Site, name: string, cluster: Cluster): TalosPlan {
  const { version = "", kubernetes = "", endpoint = "", network } = cluster;
  const snapshots = snapshotsOf(site, cluster);
  const machines = machinesOf(site, name);
  return {
    name,
    version,
    kubernetes,
    endpoint,
    subnet: site.networks[network]?.cidr ?? "",
    ...(snapshots ? { etcdSnapshots: snapshots } : {}),
    nodes: [...machines].map(([node, machine]) => nodeOf(cluster, node, machine)),
  };
}

/** Machines of a cluster by name, control planes first. */
function machinesOf(site: Site, cluster: string): Map<string, VirtualMachine> {
  const machines = virtualMachinesOf(site).filter(({ path }) => path[0] === "clusters" && path[1] === cluster);
  const { worker = [], "control-plane": control = [] } = Object.groupBy(machines, ({ kind }) => kind);
  return new Map([...control, ...worker].map((machine) => [machine.name, machine]));
}

function membersOf(site: Site, name: string, cluster: Cluster, hosts: Hosts): TalosMember[] {
  return [...machinesOf(site, name)].flatMap(([node, machine]) => {
    const host = hosts.get(machine.host);
    const { hardware } = machine;
    return host && hardware ? [{ node: nodeOf(cluster, node, machine), host, machine, hardware }] : [];
  });
}

function nodeOf(cluster: Cluster, name: string, { nics, nameservers }: VirtualMachine): TalosNode {
  const spec = cluster.nodes[name];
  if (!spec) throw new Error(`the cluster has no node ${name}`);
  const { role, address, labels, taints } = spec;
  return {
    name,
    role,
    address,
    subnet: nics[0]?.subnet ?? "",
    interfaces: nics.map(({ cidr, gateway, mtu }) => ({ address: cidr, mtu, ...(gateway ? { gateway } : {}) })),
    nameservers,
    labels,
    taints,
    schematic: schematicOf(cluster, spec),
  };
}

function schematicOf({ extensions }: Cluster, node: ClusterNode): string {
  return schematicId([...extensions, ...node.extensions]);
}

/** The export that keeps a cluster's own data, as its nodes reach it. */
function snapshotsOf(site: Site, { etcdSnapshots, storage }: Cluster): EtcdSnapshots | undefined {
  if (!etcdSnapshots) return undefined;
  const { appliance, dataset, schedule, keep } = etcdSnapshots;
  const { addresses = {}, ssh } = site.appliances[appliance] ?? {};
  const server = addresses[storage ?? ""] ?? addresses[ssh?.network ?? ""] ?? "";

  return { server, path: `/mnt/${dataset}`, schedule: formatSchedule(schedule), keep };
}
