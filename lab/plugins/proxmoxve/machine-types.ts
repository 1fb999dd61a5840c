import { block, flag, formed, list, text, whole } from "../rules.ts";
import { UNKNOWN, type Wire, type WireMap } from "../values.ts";
import type { Datacenter } from "./datacenter.ts";
import { checkMachine, keepsMachine, machineReplaces, refusesMachine } from "./machine-rules.ts";
import { type ObjectType, objectType } from "./object-type.ts";
import { VIRTUAL_MACHINE } from "./virtual-machine.ts";

const FIRST_ID = 100;

const machine: ObjectType = {
  kind: "machine",
  inputs: VIRTUAL_MACHINE,
  idOf: ({ vmId }, datacenter) => (vmId === undefined ? nextId(datacenter) : String(vmId)),
  refuses: refusesMachine,
  keeps: keepsMachine,
  computed: ["ipv4Addresses", "ipv6Addresses", "networkInterfaceNames", "macAddresses"],
  planned: ({ disks }) => disksAt(disks, () => UNKNOWN),
  outputs: (inputs, id) => ({
    ...disksAt(inputs["disks"], (at) => `vm-${id}-disk-${at}`),
    ipv4Addresses: [],
    ipv6Addresses: [],
    networkInterfaceNames: [],
    macAddresses: ((inputs["networkDevices"] ?? []) as WireMap[]).map(({ macAddress = "" }) => macAddress),
  }),
  check: checkMachine,
  replacesWhen: machineReplaces,
};

/** Where the disks lie that name no place themselves; a preview cannot know it. */
function disksAt(disks: Wire | undefined, placeOf: (at: number) => string): WireMap {
  if (!Array.isArray(disks)) return {};
  return { disks: disks.map((disk, at) => ({ pathInDatastore: placeOf(at), ...(disk as WireMap) })) };
}

function nextId(datacenter: Datacenter): string {
  const taken = new Set(datacenter.all("machine").map(([id]) => id));
  for (let id = FIRST_ID; ; id++) if (!taken.has(String(id))) return String(id);
}

const device = formed(/^[0-9a-f]{4}:[0-9a-f]{4}$/i, "vendor and device, such as 1000:005f");

const mapping: ObjectType = {
  kind: "mapping",
  inputs: {
    name: text({ required: true }),
    comment: text(),
    mediatedDevices: flag({ default: false }),
    maps: list(
      block({
        comment: text(),
        id: { ...device, required: true },
        iommuGroup: whole(),
        node: text({ required: true }),
        path: formed(/^[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(\.[a-f0-9])?$/, "a PCI address, such as 0000:03:00.0", {
          required: true,
        }),
        subsystemId: device,
      }),
      { required: true },
    ),
  },
  idOf: ({ name }) => String(name),
  check: ({ maps }) => ((maps as WireMap[]).length === 0 ? [{ property: "maps", reason: "must hold a device" }] : []),
  keeps: ({ name }, datacenter) => {
    const holder = datacenter
      .all("machine")
      .find(([, { hostpcis }]) => ((hostpcis ?? []) as WireMap[]).some((one) => one["mapping"] === name));
    return holder ? `PCI mapping '${name}' is in use by VM ${holder[0]}` : undefined;
  },
};

/** Virtual machines, and the devices that they may take. */
export const MACHINE_TYPES = {
  "proxmoxve:index/vmLegacy:VmLegacy": objectType(machine),
  "proxmoxve:hardware/mapping/pci:Pci": objectType(mapping),
};
