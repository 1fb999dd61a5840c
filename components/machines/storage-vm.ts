import { VmLegacy, type VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";
import * as pulumi from "@pulumi/pulumi";
import type { MachineSpec, VirtualMachine } from "../../src/site/index.ts";
import { type HostImage, volumeOf } from "../hosts/images.ts";
import type { ProxmoxHost } from "../hosts/proxmox-host.ts";
import { bootDisk, type MachineHost, machineArgs } from "./virtual-machine.ts";

/** What a storage machine is made from. */
export interface StorageVmArgs {
  readonly host: ProxmoxHost;
  readonly machine: VirtualMachine;
  readonly hardware: MachineSpec;
  /** What its system is installed from, by hand (see the runbook). */
  readonly installer: HostImage;
}

/** Left alone once the machine is there: its disk grows by hand, its installer is taken out, it may be stopped. */
export const LEFT_ALONE = ["disks", "cdrom", "started", "initialization"];

/**
 * The virtual machine of a TrueNAS appliance: it drives the host's disks itself. Neither this program nor Proxmox removes
 * it, nothing restarts it, and of all machines of its host it starts first and stops last (ADR-0027).
 */
export class StorageVm extends pulumi.ComponentResource {
  /** The machine, or what waits in its place. */
  readonly machine: pulumi.Resource;

  constructor(name: string, args: StorageVmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:machines:StorageVm", name, {}, { parent: args.host, ...opts });
    const { host, machine, hardware, installer } = args;
    const dependsOn = host.neededFor({
      networks: machine.nics.map(({ network }) => network),
      devices: hardware.devices,
      images: [installer],
    });

    this.machine = host.declare(VmLegacy, name, storageVmArgs(machine, hardware, installer, host), {
      parent: this,
      dependsOn,
      protect: true,
      retainOnDelete: true,
      ignoreChanges: LEFT_ALONE,
    });
    this.registerOutputs({});
  }
}

/** A storage machine as Proxmox is told of it. */
export function storageVmArgs(
  machine: VirtualMachine,
  hardware: MachineSpec,
  installer: HostImage,
  host: MachineHost,
): VmLegacyArgs {
  return {
    ...machineArgs(machine, hardware, host, ["infrastructure", "storage"]),
    description: "TrueNAS; its pools lie on disks that it drives itself",
    disks: [bootDisk(hardware, host)],
    cdrom: { fileId: volumeOf(host.proxmox.images, installer), interface: "ide2" },
    // The disk first: it is empty until the installer has filled it.
    bootOrders: ["scsi0", "ide2"],
    // Nobody waits for an address: while it is being installed there is nobody inside to tell it.
    agent: { enabled: true, waitForIp: { disabled: true } },
    protection: true,
    stopOnDestroy: false,
    purgeOnDestroy: false,
    deleteUnreferencedDisksOnDestroy: false,
  };
}
