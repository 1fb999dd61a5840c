import type { MachineSpec, VirtualMachine } from "../../src/site/index.ts";
import type { ProxmoxHost } from "../hosts/proxmox-host.ts";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** As much of a host as a machine's arguments say. */
export type MachineHost = Pick<ProxmoxHost, "name" | "proxmox" | "bridgeOf">;

/** What a machine is, apart from its disks: processor and memory of its own, a card for each of its networks. */
export function machineArgs(
  machine: VirtualMachine,
  hardware: MachineSpec,
  host: MachineHost,
  tags: readonly string[],
) {
  const { name, vmId, startup } = machine;
  return {
    nodeName: host.name,
    ...(vmId === undefined ? {} : { vmId }),
    name,
    // Proxmox sorts them, and shows a difference for ever where they come in another order.
    tags: [...tags].sort(),
    machine: "q35",
    bios: "ovmf",
    efiDisk: { datastoreId: storageOf(hardware, host), type: "4m", preEnrolledKeys: false },
    operatingSystem: { type: "l26" },
    cpu: { type: "host", cores: hardware.cores, sockets: 1 },
    memory: { dedicated: hardware.memory / MIB, floating: 0 },
    scsiHardware: "virtio-scsi-single",
    hostpcis: devicesOf(hardware, host),
    networkDevices: cardsOf(machine, host),
    onBoot: true,
    started: true,
    startup,
    tabletDevice: false,
    // A change that needs a restart waits for one, rather than stop the machine in the middle of an update.
    rebootAfterUpdate: false,
    migrate: false,
  };
}

/** The disk that a machine boots from. */
export function bootDisk(hardware: MachineSpec, host: MachineHost, importFrom?: string) {
  return {
    interface: "scsi0",
    datastoreId: storageOf(hardware, host),
    size: hardware.disk / GIB,
    iothread: true,
    discard: "on",
    ssd: true,
    ...(importFrom ? { importFrom } : {}),
  };
}

/** The storage that holds a machine's disks. */
export function storageOf({ storage }: MachineSpec, { proxmox }: MachineHost): string {
  return storage ?? proxmox.disks;
}

function devicesOf({ devices }: MachineSpec, { proxmox }: MachineHost) {
  return devices.map((mapping, at) => ({
    device: `hostpci${at}`,
    mapping,
    pcie: true,
    // A controller's own firmware is not needed inside, and it would look for disks to boot from.
    rombar: proxmox.devices[mapping]?.kind === "gpu",
  }));
}

function cardsOf({ nics }: VirtualMachine, host: MachineHost) {
  return nics.map(({ network, mac, mtu, tag }) => ({
    bridge: host.bridgeOf(network),
    model: "virtio",
    macAddress: mac,
    mtu,
    ...(tag === undefined ? {} : { vlanId: tag }),
  }));
}
