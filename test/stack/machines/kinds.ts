import type { VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";

/** What every machine is, whatever it is there for. */
const MACHINE = {
  machine: "q35",
  bios: "ovmf",
  efiDisk: { datastoreId: "local-zfs", type: "4m", preEnrolledKeys: false },
  operatingSystem: { type: "l26" },
  scsiHardware: "virtio-scsi-single",
  hostpcis: [],
  onBoot: true,
  started: true,
  tabletDevice: false,
  rebootAfterUpdate: false,
  migrate: false,
  agent: { enabled: true, waitForIp: { disabled: true } },
} satisfies Partial<VmLegacyArgs>;

const DISK = { interface: "scsi0", datastoreId: "local-zfs", iothread: true, discard: "on", ssd: true };

/** What an appliance is installed on: nothing removes it, and its system comes from an installer. */
export const APPLIANCE = {
  ...MACHINE,
  description: "TrueNAS; its pools lie on disks that it drives itself",
  tags: ["infrastructure", "storage"],
  cdrom: { fileId: "local:iso/TrueNAS-SCALE-25.10.6.iso", interface: "ide2" },
  bootOrders: ["scsi0", "ide2"],
  startup: { order: 1, upDelay: 180, downDelay: 600 },
  protection: true,
  stopOnDestroy: false,
  purgeOnDestroy: false,
  deleteUnreferencedDisksOnDestroy: false,
} satisfies Partial<VmLegacyArgs>;

/** What starts from an image and is told its addresses by cloud-init, through the API. */
export const FROM_IMAGE = {
  ...MACHINE,
  bootOrders: ["scsi0"],
  serialDevices: [{ device: "socket" }],
  startup: { order: 2 },
} satisfies Partial<VmLegacyArgs>;

/** What starts after everything else of its host. */
export const LAST = { startup: { order: 3, upDelay: 30 } } satisfies Partial<VmLegacyArgs>;

/** Processor and memory, all of it the machine's own. */
export function size(cores: number, gibibytes: number) {
  return {
    cpu: { type: "host", cores, sockets: 1 },
    memory: { dedicated: gibibytes * 1024, floating: 0 },
  } satisfies Partial<VmLegacyArgs>;
}

/** The disk that a machine boots from, empty or made from an image. */
export function disk(gibibytes: number, image?: string) {
  return [{ ...DISK, size: gibibytes, ...(image ? { importFrom: `local:import/${image}` } : {}) }];
}

/** A card in a VLAN. */
export function card(vlanId: number, macAddress: string, mtu = 1500) {
  return { bridge: "vmbr0", model: "virtio", vlanId, macAddress, mtu };
}

/** What cloud-init is told: addresses in the order of the cards, each with its way out. */
export function cloudInit(nameserver: string, ...addresses: readonly { address: string; gateway?: string }[]) {
  return {
    type: "nocloud",
    datastoreId: "local-zfs",
    interface: "ide2",
    dns: { servers: [nameserver] },
    ipConfigs: addresses.map((ipv4) => ({ ipv4 })),
  };
}
