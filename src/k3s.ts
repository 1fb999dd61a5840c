import type { EtcdSnapshots } from "../components/clusters/etcd-snapshots.ts";
import type { K3sNode, K3sPlan } from "../components/clusters/k3s/plan.ts";
import type { Cluster, VirtualMachine } from "./site/index.ts";

/** The account that cloud-init makes on every machine of a cluster. */
const USER = "homelab";

/** A K3s cluster as the site describes it; its API is reached at its first server unless the site says otherwise. */
export function k3sPlan(
  name: string,
  cluster: Cluster,
  machines: readonly VirtualMachine[],
  etcdSnapshots: EtcdSnapshots | undefined,
): K3sPlan {
  const { version = "", sshKeys } = cluster;
  const nodes = machines.map((machine) => k3sNode(cluster, machine));
  const endpoint = cluster.endpoint ?? nodes[0]?.address ?? "";

  return { name, version, endpoint, user: USER, sshKeys, ...(etcdSnapshots ? { etcdSnapshots } : {}), nodes };
}

/** A machine of a K3s cluster. */
export function k3sNode(cluster: Cluster, { name }: VirtualMachine): K3sNode {
  const spec = cluster.nodes[name];
  if (!spec) throw new Error(`the cluster has no node ${name}`);
  const { role, address, labels, taints, hostKey } = spec;

  return { name, role, address, labels, taints, ...(hostKey ? { hostKey } : {}) };
}
