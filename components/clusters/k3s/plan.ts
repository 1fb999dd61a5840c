import type { EtcdSnapshots } from "../etcd-snapshots.ts";

/** One machine of a K3s cluster. */
export interface K3sNode {
  readonly name: string;
  readonly role: "control-plane" | "worker";
  /** Its address in the cluster's network. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Value and effect by name, such as `true:NoSchedule`. */
  readonly taints: Readonly<Record<string, string>>;
  /** Its public host key; nothing is installed until it is known. */
  readonly hostKey?: string;
}

/** A K3s cluster, decided down to what its machines must know. */
export interface K3sPlan {
  readonly name: string;
  /** Release, such as `v1.36.3+k3s1`. */
  readonly version: string;
  /** Where its API is reached. */
  readonly endpoint: string;
  /** The account that cloud-init makes on its machines. */
  readonly user: string;
  /** Public keys that open it. */
  readonly sshKeys: readonly string[];
  readonly etcdSnapshots?: EtcdSnapshots;
  /** Its machines, servers first. */
  readonly nodes: readonly K3sNode[];
}
