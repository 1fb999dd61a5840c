import type { VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";
import type { MachineSpec, VirtualMachine } from "../../src/site/index.ts";
import { type HostImage, volumeOf } from "../hosts/images.ts";
import { bootDisk, type MachineHost, machineArgs, storageOf } from "./virtual-machine.ts";

/** What a machine is told when it starts for the first time, through the API alone. */
export interface FirstStart {
  readonly image: HostImage;
  /** The account that is made, with the keys that open it; nobody where the system knows no accounts. */
  readonly account?: { readonly username: string; readonly keys: readonly string[] };
}

/** Left alone once the machine is there: a new image is for new machines, and only the first start reads the rest. */
export const SET_ONCE = ["disks[0].importFrom", "disks[0].speed", "initialization"];

/** A machine that starts from an image and is told its addresses by cloud-init. */
export function imageVmArgs(
  machine: VirtualMachine,
  hardware: MachineSpec,
  host: MachineHost,
  tags: readonly string[],
  { image, account }: FirstStart,
): VmLegacyArgs {
  const usesGpu = hardware.devices.some((device) => host.proxmox.devices[device]?.kind === "gpu");
  const { nics, nameservers } = machine;
  return {
    ...machineArgs(machine, hardware, host, usesGpu ? [...tags, "gpu"] : tags),
    disks: [bootDisk(hardware, host, volumeOf(host.proxmox.images, image))],
    bootOrders: ["scsi0"],
    initialization: {
      type: "nocloud",
      datastoreId: storageOf(hardware, host),
      interface: "ide2",
      ipConfigs: nics.map(({ cidr, gateway }) => ({ ipv4: { address: cidr, ...(gateway ? { gateway } : {}) } })),
      ...(nameservers.length > 0 ? { dns: { servers: [...nameservers] } } : {}),
      ...(account ? { userAccount: { username: account.username, keys: [...account.keys] } } : {}),
    },
    // Its address is known; before its system is set up nobody inside could tell it.
    agent: { enabled: true, waitForIp: { disabled: true } },
    serialDevices: [{ device: "socket" }],
  };
}
