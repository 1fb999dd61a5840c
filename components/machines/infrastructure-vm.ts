import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import * as pulumi from "@pulumi/pulumi";
import type { InfrastructureMachine, VirtualMachine } from "../../src/site/index.ts";
import type { HostImage } from "../hosts/images.ts";
import type { ProxmoxHost } from "../hosts/proxmox-host.ts";
import { imageVmArgs, SET_ONCE } from "./image-vm.ts";
import type { MachineHost } from "./virtual-machine.ts";

/** What a machine for infrastructure is made from. */
export interface InfrastructureVmArgs {
  readonly host: ProxmoxHost;
  readonly machine: VirtualMachine;
  readonly spec: InfrastructureMachine;
  readonly image: HostImage;
}

/** A virtual machine for what the house itself needs: names, observability, management, or a model that answers. */
export class InfrastructureVm extends pulumi.ComponentResource {
  /** The machine, or what waits in its place. */
  readonly machine: pulumi.Resource;

  constructor(name: string, args: InfrastructureVmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:machines:InfrastructureVm", name, {}, { parent: args.host, ...opts });
    const { host, machine, spec, image } = args;
    const networks = machine.nics.map(({ network }) => network);

    this.machine = host.declare(VmLegacy, name, infrastructureVmArgs(machine, spec, image, host), {
      parent: this,
      ignoreChanges: SET_ONCE,
      dependsOn: host.neededFor({ networks, devices: spec.vm.devices, images: [image] }),
    });
    this.registerOutputs({});
  }
}

/** A machine for infrastructure as Proxmox is told of it. */
export function infrastructureVmArgs(
  machine: VirtualMachine,
  { vm, role, purpose, user, sshKeys }: InfrastructureMachine,
  image: HostImage,
  host: MachineHost,
) {
  const account = { username: user, keys: sshKeys };
  return { ...imageVmArgs(machine, vm, host, ["infrastructure", role], { image, account }), description: purpose };
}
