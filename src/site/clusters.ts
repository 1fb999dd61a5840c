import { z } from "zod";
import { address } from "./addresses.ts";
import { hostKey } from "./host-keys.ts";
import { machine, vmId } from "./machines.ts";
import { hostName, matching, plainName } from "./names.ts";
import { addresses } from "./networks.ts";
import { schedule } from "./schedules.ts";
import { choice, named, reference, text, wholeNumber, words } from "./value.ts";

const version = (words: string, example: string, pattern: string) =>
  text(
    matching({
      rule: "cluster-version",
      noun: `a release of ${words}`,
      allowed: `one release, such as ${example}`,
      remedy: "pin a release; upgrades are one changed line",
      pattern,
    }),
  );

const label = z.record(z.string(), z.string()).default({});

const node = z.strictObject({
  host: reference("a host").meta({ description: "The machine that it runs on, by name." }),
  vmId: vmId().exactOptional(),
  role: choice(["control-plane", "worker"]),
  network: reference("a network").meta({ description: "The network that it lies in." }),
  address: address().meta({ description: "Its address there." }),
  addresses: addresses.default({}).meta({ description: "Further addresses, by network; each is a card of its own." }),
  vm: machine.exactOptional().meta({ description: "Its hardware; that of its role when left out." }),
  labels: label.meta({ description: "Labels of the node, by name." }),
  taints: label.meta({ description: "Taints of the node, as value:Effect by name." }),
  extensions: z.array(words(60)).default([]).meta({ description: "Further system extensions of the node, for Talos." }),
  hostKey: hostKey("the node")
    .exactOptional()
    .meta({ description: "Its public host key, where SSH leads to it; nothing is installed until it is known." }),
});

const etcdSnapshots = z.strictObject({
  appliance: z.string().meta({ description: "The appliance that keeps them, by name." }),
  dataset: z.string().meta({ description: "The exported dataset that they lie in, pool first." }),
  schedule: schedule().meta({ description: "When one is taken." }),
  keep: wholeNumber(1, 1000, "snapshots", "write how many are kept").default(14),
});

const cluster = z.strictObject({
  distribution: choice(["talos", "k3s"]).meta({ description: "The Kubernetes distribution." }),
  version: version(
    "the distribution",
    "v1.13.9 for Talos or v1.36.3+k3s1 for K3s",
    "^v\\d+\\.\\d+\\.\\d+([+]k3s\\d+)?$",
  )
    .exactOptional()
    .meta({ description: "Release of Talos or K3s; needed where this program makes the nodes." }),
  kubernetes: version("Kubernetes", "v1.36.3", "^v\\d+\\.\\d+\\.\\d+$")
    .exactOptional()
    .meta({ description: "Release of Kubernetes, for Talos." }),
  network: reference("a network").meta({ description: "The network of its control planes." }),
  endpoint: address().exactOptional().meta({ description: "The address under which its API is reached." }),
  storage: reference("a network")
    .exactOptional()
    .meta({ description: "The network over which its nodes reach the NAS." }),
  extensions: z
    .array(words(60))
    .default(["siderolabs/iscsi-tools", "siderolabs/qemu-guest-agent", "siderolabs/util-linux-tools"])
    .meta({ description: "System extensions of Talos." }),
  image: reference("an image").exactOptional().meta({ description: "The image of its nodes, for K3s." }),
  sshKeys: z.array(words(800)).default([]).meta({ description: "Public keys that may log in to its nodes, for K3s." }),
  machines: z
    .strictObject({ "control-plane": machine.exactOptional(), worker: machine.exactOptional() })
    .default({})
    .meta({ description: "Hardware of its nodes, by role." }),
  etcdSnapshots: etcdSnapshots.exactOptional().meta({ description: "Regular snapshots of its own data." }),
  first: reference("a control plane").exactOptional().meta({
    description:
      "The control plane that begins the cluster, and that the others join; needed with several. Never change it.",
  }),
  nodes: named(hostName, node).default({}).meta({ description: "Its machines, by host name." }),
});

/** Kubernetes clusters, by name. */
export const clusters = named(plainName, cluster).default({}).meta({ description: "Kubernetes clusters, by name." });
