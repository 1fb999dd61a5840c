import type { VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";
import type { MachineSpec, VirtualMachine } from "../../src/site/index.ts";
import type { ProxmoxHost } from "../hosts/proxmox-host.ts";
import { type FirstStart, imageVmArgs } from "../machines/image-vm.ts";
import type { MachineHost } from "../machines/virtual-machine.ts";
import type { ClusterMember } from "./kubernetes-cluster.ts";

/** One machine of a cluster, and where it runs; `Node` is what its distribution must know of it. */
export interface ClusterMachine<Node extends ClusterMember, On extends MachineHost = ProxmoxHost> {
  readonly node: Node;
  readonly host: On;
  readonly machine: VirtualMachine;
  readonly hardware: MachineSpec;
}

/** A machine of a cluster as Proxmox is told of it, whichever the distribution. */
export function clusterVmArgs(
  cluster: string,
  { node: { role }, host, machine, hardware }: ClusterMachine<ClusterMember, MachineHost>,
  start: FirstStart,
): VmLegacyArgs {
  return {
    ...imageVmArgs(machine, hardware, host, [`cluster-${cluster}`, "kubernetes", role], start),
    description: `${role} of the cluster ${cluster}`,
  };
}

/** The machines of a cluster as others see them. */
export function membersAmong(machines: readonly { readonly node: ClusterMember }[]): ClusterMember[] {
  return machines.map(({ node: { name, role, address } }) => ({ name, role, address }));
}
