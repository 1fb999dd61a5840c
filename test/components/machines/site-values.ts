/** Values of a site by their paths. */
export type Change = Readonly<Record<string, unknown>>;

/** A value of the site, another one in its place, and what becomes of the machine. */
export interface SiteValue {
  readonly value: string;
  readonly change: Change;
  /** Inputs that are changed in place; none where the machine does not notice, or is left alone. */
  readonly inputs: readonly string[];
  /** Inputs that make a new machine. */
  readonly replaces?: readonly string[];
}

const HOST_KEY = `ssh-ed25519 ${"A".repeat(68)}`;
const NEW_MAC = "BC:24:11:AA:BB:CC";

const value = (name: string, change: Change, ...changed: string[]): SiteValue => ({
  ...{ value: name, change },
  // What is said without a word of how is changed.
  inputs: changed.map((input) => (input.includes(": ") ? input : `${input}: UPDATE`)),
});

/** Values that mean the same for every machine. */
function ofMachine(machine: string, vm: string, host: string, device: string): SiteValue[] {
  const proxmox = `hosts.${host}.proxmox`;
  return [
    value("vm.cores", { [`${vm}.cores`]: 3 }, "cpu.cores"),
    value("vm.memory", { [`${vm}.memory`]: "48 GiB" }, "memory.dedicated"),
    value("vm.startup", { [`${vm}.startup`]: { upDelay: 299 } }, "startup.upDelay"),
    value("vm.nics", { [`${vm}.nics`]: { storage: { mac: NEW_MAC } } }, `networkDevices[${cardOf(vm)}].macAddress`),
    value("the address of a device", { [`${proxmox}.devices.${device}.address`]: "0000:0a:00.0" }),
    value("the storage of images", { [`${proxmox}.images`]: "tank" }),
    value("the metrics server", { [`${proxmox}.metrics`]: { type: "graphite", server: "192.168.0.9" } }),
    value("the tag of a network", { "networks.storage.vlan": 11 }, `networkDevices[${cardOf(vm)}].vlanId`),
    value("the MTU of a network", { "networks.storage.mtu": 8000 }, `networkDevices[${cardOf(vm)}].mtu`),
    value("an address", { [`${machine}.addresses.storage`]: "10.10.10.99" }),
    value("another network", { [`${machine}.addresses.management`]: "10.10.1.99" }, "networkDevices[2]: ADD"),
  ];
}

/** The card of the storage network: an appliance's first, a node's second. */
const cardOf = (vm: string) => (vm.startsWith("appliances") ? 0 : 1);

/** Values that the storage machine of an appliance is made from, those that it shares with others included. */
export function ofAppliance(name: string, host: string, other: string): SiteValue[] {
  const machine = `appliances.${name}`;
  const vm = `${machine}.vm`;
  const [first = "", ...more] = { din: ["din-h330", "din-9201-8e"], grogu: ["grogu-sas"] }[host] ?? [];
  const gone = [first, ...more].map((_, at) => `hostpcis[${at}]: DELETE`);

  return [
    ...ofMachine(machine, vm, host, first),
    value("the kind of a device", { [`hosts.${host}.proxmox.devices.${first}.kind`]: "gpu" }, "hostpcis[0].rombar"),
    value("vm.devices", { [`${vm}.devices`]: [] }, ...gone),
    // The disk of the system and the installer belong to whoever installed it.
    value("vm.disk", { [`${vm}.disk`]: "64 GiB" }),
    value("vm.storage", { [`${vm}.storage`]: "tank" }, "efiDisk.datastoreId"),
    value("vm.installer", { "images.truenas.url": "https://images.example/TrueNAS-26.iso" }),
    value("the storage of disks", { [`hosts.${host}.proxmox.disks`]: "tank" }, "efiDisk.datastoreId"),
    value("the release", { [`${machine}.version`]: "25.04" }),
    value("whether it is installed", { [`${machine}.installed`]: false }),
    { value: "vmId", change: { [`${machine}.vmId`]: 399 }, inputs: [], replaces: ["vmId"] },
    {
      ...{ value: "host", inputs: [], replaces: ["nodeName"] },
      change: {
        [`${machine}.host`]: other,
        // Both are there then, and send copies to each other.
        "appliances.truenas-primary.ssh.hostKey": HOST_KEY,
        "appliances.truenas-backup.ssh.hostKey": HOST_KEY,
        [`${vm}.devices`]: [],
        [`hosts.${host}.proxmox.backups.truenas`]: undefined,
      },
    },
  ];
}

/** Values that the worker with the Arc A310 is made from, those that it shares with others included. */
export function ofGpuWorker(): SiteValue[] {
  const machine = "clusters.prod.nodes.prod-gpu-1";
  const vm = `${machine}.vm`;
  const untagged = ["tags[1]", "tags[2]", "tags[3]: DELETE"];

  return [
    ...ofMachine(machine, vm, "grogu", "grogu-a310"),
    // Without a graphics card it is not tagged as one that has it.
    value("vm.devices", { [`${vm}.devices`]: [] }, "hostpcis[0]: DELETE", ...untagged),
    value(
      "the kind of a device",
      { "hosts.grogu.proxmox.devices.grogu-a310.kind": "other" },
      "hostpcis[0].rombar",
      ...untagged,
    ),
    value("vm.disk", { [`${vm}.disk`]: "64 GiB" }, "disks[0].size"),
    value("vm.storage", { [`${vm}.storage`]: "tank" }, "disks[0].datastoreId", "efiDisk.datastoreId"),
    value(
      "the storage of disks",
      { "hosts.grogu.proxmox.disks": "tank" },
      "disks[0].datastoreId",
      "efiDisk.datastoreId",
    ),
    // A node is told its addresses by its own configuration; what cloud-init said is read at its first start only.
    value("the address", { [`${machine}.address`]: "10.0.2.99" }),
    value("the gateway", { "networks.k8s-apps.gateway": "10.0.2.254" }),
    value("the name servers", { "networks.k8s-apps.nameservers": ["10.0.2.53"] }),
    value("labels", { [`${machine}.labels`]: {} }),
    value("taints", { [`${machine}.taints`]: {} }),
    value("extensions", { [`${machine}.extensions`]: [] }),
    value("the release of Talos", { "clusters.prod.version": "v1.13.10" }),
    { value: "vmId", change: { [`${machine}.vmId`]: 399 }, inputs: [], replaces: ["vmId"] },
    {
      ...{ value: "host", inputs: [], replaces: ["nodeName"] },
      change: { [`${machine}.host`]: "din", [`${vm}.devices`]: [] },
    },
  ];
}
