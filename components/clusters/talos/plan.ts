import type { EtcdSnapshots } from "../etcd-snapshots.ts";

/** An interface of a node, in the order of its cards. */
export interface TalosInterface {
  /** The address with the length of its prefix. */
  readonly address: string;
  readonly gateway?: string;
  /** Largest packet, in bytes. */
  readonly mtu: number;
}

/** One machine of a Talos cluster. */
export interface TalosNode {
  readonly name: string;
  readonly role: "control-plane" | "worker";
  /** Its address in the cluster's network. */
  readonly address: string;
  /** Which of its interfaces lies in that network, from 0. */
  readonly card: number;
  /** The network that the kubelet speaks in. */
  readonly subnet: string;
  readonly interfaces: readonly TalosInterface[];
  readonly nameservers: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Value and effect by name, such as `true:NoSchedule`. */
  readonly taints: Readonly<Record<string, string>>;
  /** The Image Factory's name of what it runs. */
  readonly schematic: string;
}

/** A Talos cluster, decided down to what its machines must know. */
export interface TalosPlan {
  readonly name: string;
  /** Release of Talos, such as `v1.13.9`. */
  readonly version: string;
  /** Release of Kubernetes, such as `v1.36.3`. */
  readonly kubernetes: string;
  /** The address that the control planes share. */
  readonly endpoint: string;
  /** The network of the control planes, in which etcd speaks. */
  readonly subnet: string;
  readonly etcdSnapshots?: EtcdSnapshots;
  readonly nodes: readonly TalosNode[];
}
