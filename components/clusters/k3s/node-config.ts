import { stringify } from "yaml";
import type { K3sNode, K3sPlan } from "./plan.ts";

/** Where a server keeps snapshots of etcd before the NAS has them: nowhere else, the folder is the NAS's export. */
export const SNAPSHOT_FOLDER = "/var/lib/etcd-snapshots";

/** `config.yaml` of one machine. The token lies in a file of its own. */
export function nodeConfig(plan: K3sPlan, node: K3sNode): string {
  const config = {
    "token-file": "/etc/rancher/k3s/token",
    // A machine has a card in the storage network too; nobody looks for pods there.
    "node-ip": node.address,
    ...(node.role === "control-plane" ? serverConfig(plan, node) : { server: serverOf(plan) }),
    ...listed("node-label", node.labels),
    ...listed("node-taint", node.taints),
  };
  return stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}

function serverConfig(plan: K3sPlan, node: K3sNode) {
  const servers = plan.nodes.filter(({ role }) => role === "control-plane");
  // Its own and no other server's: a server that joins or moves is nothing to those that are there.
  const names = [plan.endpoint, node.address];
  const monitored = ["bind-address=0.0.0.0"];
  const { etcdSnapshots } = plan;

  return {
    // etcd from the first server on, so that one server can grow to three.
    ...(node.name === servers[0]?.name ? { "cluster-init": true } : { server: serverOf(plan) }),
    "tls-san": [...new Set(names)],
    "write-kubeconfig-mode": "0600",
    "secrets-encryption": true,
    "etcd-expose-metrics": true,
    "kube-controller-manager-arg": monitored,
    "kube-scheduler-arg": monitored,
    ...(etcdSnapshots
      ? {
          "etcd-snapshot-schedule-cron": etcdSnapshots.schedule,
          "etcd-snapshot-retention": etcdSnapshots.keep,
          "etcd-snapshot-dir": `${SNAPSHOT_FOLDER}/${plan.name}`,
        }
      : {}),
  };
}

function serverOf({ nodes }: K3sPlan): string {
  return `https://${nodes[0]?.address}:6443`;
}

function listed(name: string, map: Readonly<Record<string, string>>): Record<string, string[]> {
  const entries = Object.entries(map).map(([key, value]) => `${key}=${value}`);
  return entries.length > 0 ? { [name]: entries } : {};
}
