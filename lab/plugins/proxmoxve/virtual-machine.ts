import type { InputRule } from "../resource-type.ts";
import { block, choice, flag, formed, list, text, whole } from "../rules.ts";

const VOLUME = /^[a-z\d\-_.]+:([a-z\d\-_]+\/)?.+$/i;
const volume = (more: Partial<InputRule> = {}) => formed(VOLUME, "a volume, such as local:import/image.qcow2", more);
const rate = whole();
const seconds = whole();

const agent = block({
  enabled: flag(),
  timeout: formed(/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/, "a duration, such as 15m"),
  trim: flag(),
  type: choice(["isa", "virtio"]),
  waitForIp: block({ disabled: flag(), ipv4: flag(), ipv6: flag() }),
});

const cdrom = block({
  enabled: flag(),
  fileId: formed(/^(none|cdrom|[a-z\d\-_.]+:.+)$/i, "none, cdrom or a volume, such as local:iso/image.iso"),
  interface: formed(/^(ide[0-3]|sata[0-5]|scsi([0-9]|1[0-3]))$/, "ide0 to ide3, sata0 to sata5 or scsi0 to scsi13"),
});

const cpu = block({
  affinity: text({ unsupported: true }),
  architecture: text({ unsupported: true }),
  cores: whole(1, 2304),
  flags: list(formed(/^[+-].+$/, "a flag with + or - before it")),
  hotplugged: whole(0, 2304),
  limit: { type: "number", between: [0, 128] },
  numa: flag(),
  sockets: whole(1, 16),
  type: formed(/^(host|max|kvm(32|64)|qemu(32|64)|x86-64-v[234](-AES)?|x86-64-v2|custom-.+|[A-Z].+)$/, "a CPU type"),
  units: whole(1, 262144),
});

const disk = block({
  aio: choice(["io_uring", "native", "threads"]),
  backup: flag(),
  cache: choice(["none", "directsync", "writethrough", "writeback", "unsafe"]),
  datastoreId: text(),
  discard: choice(["on", "ignore"]),
  fileFormat: choice(["qcow2", "raw", "vmdk"]),
  fileId: volume({ replaces: true }),
  importFrom: volume(),
  interface: formed(/^((scsi|virtio|sata|ide)\d{1,2})$/, "scsi, virtio, sata or ide and a number", { required: true }),
  iothread: flag(),
  pathInDatastore: text(),
  queues: whole(0, 64),
  replicate: flag(),
  serial: formed(/^.{0,20}$/, "at most 20 characters"),
  size: whole(1, 65536),
  speed: block({
    iopsRead: rate,
    iopsReadBurstable: rate,
    iopsWrite: rate,
    iopsWriteBurstable: rate,
    read: rate,
    readBurstable: rate,
    write: rate,
    writeBurstable: rate,
  }),
  ssd: flag(),
});

const hostpci = block({
  device: formed(/^hostpci([0-9]|1[0-5])$/, "hostpci0 to hostpci15", { required: true }),
  id: text(),
  mapping: text(),
  mdev: text(),
  pcie: flag(),
  romFile: text(),
  rombar: flag(),
  xvga: flag(),
});

const address = block({ address: text(), gateway: text() });

const initialization = block({
  datastoreId: text(),
  dns: block({ domain: text(), servers: list() }),
  fileFormat: choice(["qcow2", "raw", "vmdk"]),
  interface: formed(
    /^(|ide[0-3]|sata[0-5]|scsi(30|[12][0-9]|[0-9]))$/,
    "ide0 to ide3, sata0 to sata5 or scsi0 to scsi30",
  ),
  ipConfigs: list(block({ ipv4: address, ipv6: address })),
  metaDataFileId: volume({ replaces: true }),
  networkDataFileId: volume({ replaces: true }),
  type: choice(["configdrive2", "nocloud"], { replaces: true }),
  upgrade: flag({ unsupported: true }),
  userAccount: block({ keys: list(), password: text(), username: text() }),
  userDataFileId: volume({ replaces: true }),
  vendorDataFileId: volume({ replaces: true }),
});

const networkDevice = block({
  bridge: text(),
  disconnected: flag(),
  enabled: flag(),
  firewall: flag(),
  macAddress: formed(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/i, "a MAC address, such as BC:24:11:00:00:01"),
  model: choice(["e1000", "e1000e", "rtl8139", "virtio", "vmxnet3"]),
  mtu: whole(0, 65520),
  queues: whole(0, 64),
  rateLimit: { type: "number" },
  trunks: text(),
  vlanId: whole(0, 4094),
});

const ranges = formed(/^\d+(-\d+)?(;\d+(-\d+)?)*$/, "numbers and ranges with ; between them, such as 0-3;8");
const numa = block({
  cpus: { ...ranges, required: true },
  device: formed(/^numa\d+$/, "numa and a number", { required: true }),
  hostnodes: ranges,
  memory: whole(64, 268435456, { required: true }),
  policy: choice(["bind", "interleave", "preferred"]),
});

const sharedDirectory = block({
  cache: choice(["auto", "always", "metadata", "never"]),
  directIo: flag(),
  exposeAcl: flag(),
  exposeXattr: flag(),
  mapping: text({ required: true }),
});

const MACHINE = /^(|pc|q35(,viommu=(intel|virtio))?|(pc|pc-i440fx|pc-q35)-\d+(\.\d+)+(\+pve\d+)?)$/;
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** Inputs of a virtual machine. Those that only root may set with a password are not taken. */
export const VIRTUAL_MACHINE: Readonly<Record<string, InputRule>> = {
  acpi: flag(),
  agent,
  amdSev: block({}, { unsupported: true }),
  audioDevice: block({ device: text(), driver: text(), enabled: flag() }),
  bios: choice(["ovmf", "seabios"]),
  bootOrders: list(),
  cdrom,
  clone: block({}, { unsupported: true }),
  cpu,
  deleteUnreferencedDisksOnDestroy: flag(),
  description: text(),
  disks: list(disk),
  efiDisk: block({
    datastoreId: text(),
    fileFormat: choice(["qcow2", "raw", "vmdk"]),
    preEnrolledKeys: flag(),
    type: choice(["2m", "4m"], { replaces: true }),
  }),
  hookScriptFileId: text({ unsupported: true }),
  hostpcis: list(hostpci),
  hotplug: text(),
  initialization,
  keyboardLayout: text(),
  kvmArguments: text({ unsupported: true }),
  macAddresses: list(),
  machine: formed(MACHINE, "a machine type, such as q35"),
  memory: block({
    dedicated: whole(64, 268435456),
    floating: whole(0, 268435456),
    hugepages: text({ unsupported: true }),
    keepHugepages: flag({ unsupported: true }),
    shared: whole(0, 268435456),
  }),
  migrate: flag(),
  name: formed(NAME, "a DNS name"),
  networkDevices: list(networkDevice),
  nodeName: text({ required: true }),
  numas: list(numa),
  onBoot: flag(),
  operatingSystem: block({
    type: choice([
      "l24",
      "l26",
      "other",
      "solaris",
      "w2k",
      "w2k3",
      "w2k8",
      "win7",
      "win8",
      "win10",
      "win11",
      "wvista",
      "wxp",
    ]),
  }),
  poolId: text(),
  protection: flag(),
  purgeOnDestroy: flag(),
  reboot: flag(),
  rebootAfterUpdate: flag(),
  rngs: list(block({}), { unsupported: true }),
  scsiHardware: choice(["lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi"]),
  serialDevices: list(block({ device: formed(/^(socket|\/dev\/.+)$/, "socket or /dev/…") })),
  smbios: block({
    family: text(),
    manufacturer: text(),
    product: text(),
    serial: text(),
    sku: text(),
    uuid: text(),
    version: text(),
  }),
  started: flag(),
  startup: block({ downDelay: seconds, order: whole(), upDelay: seconds }),
  stopOnDestroy: flag(),
  tabletDevice: flag(),
  tags: list(),
  template: flag(),
  timeoutClone: seconds,
  timeoutCreate: seconds,
  timeoutMigrate: seconds,
  timeoutMoveDisk: seconds,
  timeoutReboot: seconds,
  timeoutShutdownVm: seconds,
  timeoutStartVm: seconds,
  timeoutStopVm: seconds,
  tpmState: block({ datastoreId: text(), version: choice(["v1.2", "v2.0"], { replaces: true }) }),
  usbs: list(block({ host: text(), mapping: text(), usb3: flag() })),
  vga: block({
    clipboard: choice(["vnc"]),
    memory: whole(4, 512),
    type: choice(["cirrus", "none", "qxl", "serial0", "serial1", "std", "virtio", "virtio-gl", "vmware"]),
  }),
  virtiofs: list(sharedDirectory),
  vmId: whole(100, 2147483647, { replaces: true }),
  watchdog: block({ action: text(), enabled: flag(), model: text() }),
};
