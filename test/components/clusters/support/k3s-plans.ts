import type { K3sNode, K3sPlan } from "../../../../components/clusters/k3s/plan.ts";

/** Where clusters of these tests keep their own data. */
export const SNAPSHOTS = { server: "10.10.10.20", path: "/mnt/bulk/backups", schedule: "15 */6 * * *", keep: 14 };

function node(role: K3sNode["role"], name: string, address: string, more: Partial<K3sNode>): K3sNode {
  return { name, role, address, labels: {}, taints: {}, ...more };
}

/** A server, by the end of its address. */
export function server(last: number, address = `10.0.1.${last}`): K3sNode {
  return node("control-plane", `server-${last}`, address, {});
}

/** An agent, by the end of its address. */
export function agent(last: number, address = `10.0.1.${last}`, more: Partial<K3sNode> = {}): K3sNode {
  return node("worker", `agent-${last}`, address, more);
}

/** A cluster of these machines, reached at its first server unless said otherwise. */
export function planOf(first: K3sNode | Partial<K3sPlan>, ...others: readonly K3sNode[]): K3sPlan {
  const isNode = "role" in first;
  const nodes = isNode ? [first, ...others] : others;
  const endpoint = nodes[0]?.address ?? "";
  const plan = { name: "home", version: "v1.36.3+k3s1", endpoint, user: "homelab", sshKeys: [], nodes };
  return isNode ? plan : { ...plan, ...first, nodes };
}
