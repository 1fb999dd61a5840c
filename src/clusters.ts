import type * as pulumi from "@pulumi/pulumi";
import type { EtcdSnapshots } from "../components/clusters/etcd-snapshots.ts";
import { K3sCluster } from "../components/clusters/k3s/k3s-cluster.ts";
import type { KubernetesCluster } from "../components/clusters/kubernetes-cluster.ts";
import { TalosCluster } from "../components/clusters/talos/talos-cluster.ts";
import { waitsFor } from "../components/declare.ts";
import { imageOf } from "../components/hosts/images.ts";
import type { ProxmoxHost } from "../components/hosts/proxmox-host.ts";
import type { StackConfig } from "./config.ts";
import { sshKeyOf } from "./host-secrets.ts";
import { k3sNode, k3sPlan } from "./k3s.ts";
import { appliancePresence } from "./presence.ts";
import {
  type Cluster,
  formatSchedule,
  type MachineSpec,
  type Site,
  type VirtualMachine,
  virtualMachinesOf,
} from "./site/index.ts";
import { talosNode, talosPlan } from "./talos.ts";

/** What clusters are made with. */
export interface ClusterSurroundings {
  readonly hosts: ReadonlyMap<string, ProxmoxHost>;
  /** What their machines come after: the data, and the services that let them reach it. */
  readonly after: readonly pulumi.Resource[];
}

/** The Kubernetes clusters of a site whose machines are made here, by name. */
export function kubernetesClusters(config: StackConfig, around: ClusterSurroundings): Map<string, KubernetesCluster> {
  const clusters = Object.entries(config.site.clusters).filter(
    ([name]) => membersOf(config.site, name, around).length > 0,
  );
  return new Map(
    clusters.map(([name, cluster]) => [name, MAKERS[cluster.distribution](name, cluster, config, around)]),
  );
}

type Maker = (name: string, cluster: Cluster, config: StackConfig, around: ClusterSurroundings) => KubernetesCluster;

const MAKERS: Readonly<Record<Cluster["distribution"], Maker>> = {
  talos(name, cluster, { site }, around) {
    const plan = talosPlan(name, cluster, site, machinesOf(site, name), snapshotsOf(site, cluster));
    const members = membersOf(site, name, around).map((member) => ({
      ...member,
      node: talosNode(cluster, member.machine),
    }));
    return new TalosCluster(name, { plan, members, after: around.after });
  },
  k3s(name, cluster, { site, secret }, around) {
    const image = cluster.image && site.images[cluster.image];
    if (!image) throw new Error(`the cluster ${name} has no image`);
    const plan = k3sPlan(name, cluster, machinesOf(site, name), mountedSnapshots(site, cluster));
    const members = membersOf(site, name, around).map((member) => ({
      ...member,
      node: k3sNode(cluster, member.machine),
    }));
    const args = { plan, members, image: imageOf(image), privateKey: secret(sshKeyOf(name)), after: around.after };
    return new K3sCluster(name, args);
  },
};

interface Member {
  readonly host: ProxmoxHost;
  readonly machine: VirtualMachine;
  readonly hardware: MachineSpec;
}

function membersOf(site: Site, cluster: string, { hosts }: ClusterSurroundings): Member[] {
  return machinesOf(site, cluster).flatMap((machine) => {
    const host = hosts.get(machine.host);
    return host && machine.hardware ? [{ host, machine, hardware: machine.hardware }] : [];
  });
}

/** Machines of a cluster: the control plane that begins it, those that join it, workers. */
function machinesOf(site: Site, cluster: string): VirtualMachine[] {
  const machines = virtualMachinesOf(site).filter(({ path }) => path[0] === "clusters" && path[1] === cluster);
  const { worker = [], "control-plane": control = [] } = Object.groupBy(machines, ({ kind }) => kind);
  const begins = ({ name }: VirtualMachine) => name === site.clusters[cluster]?.first;
  return [...control.filter(begins), ...control.filter((machine) => !begins(machine)), ...worker];
}

/** The export that machines mount themselves; one that is not there yet would let nothing be installed on them. */
function mountedSnapshots(site: Site, cluster: Cluster): EtcdSnapshots | undefined {
  const waits = waitsFor(appliancePresence(site, cluster.etcdSnapshots?.appliance ?? ""));
  return waits ? undefined : snapshotsOf(site, cluster);
}

/** The export that keeps a cluster's own data, as its nodes reach it. */
function snapshotsOf(site: Site, { etcdSnapshots, storage }: Cluster): EtcdSnapshots | undefined {
  if (!etcdSnapshots) return undefined;
  const { appliance, dataset, schedule, keep } = etcdSnapshots;
  const { addresses = {}, ssh } = site.appliances[appliance] ?? {};
  const server = addresses[storage ?? ""] ?? addresses[ssh?.network ?? ""] ?? "";

  return { server, path: `/mnt/${dataset}`, schedule: formatSchedule(schedule), keep };
}
