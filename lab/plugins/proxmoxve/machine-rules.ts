import type { InputFailure } from "../resource-type.ts";
import type { Wire, WireMap } from "../values.ts";
import type { Datacenter } from "./datacenter.ts";
import { allows } from "./vlans.ts";

/** What is wrong with a virtual machine before any Proxmox is asked. */
export function checkMachine(inputs: WireMap): InputFailure[] {
  const devices = maps(inputs["hostpcis"]);
  return [
    ...devices.flatMap(({ mapping, id }, at) =>
      (mapping === undefined) === (id === undefined)
        ? [{ property: `hostpcis[${at}]`, reason: "must have either a mapping or an id" }]
        : [],
    ),
    ...devices.flatMap(({ id }, at) =>
      id === undefined
        ? []
        : [{ property: `hostpcis[${at}].id`, reason: "is for root with a password only; use a mapping" }],
    ),
    ...twice(devices.map(({ device }) => device)).map((device) => {
      return { property: "hostpcis", reason: `has ${device} twice` };
    }),
    ...twice(maps(inputs["disks"]).map((disk) => disk["interface"])).map((slot) => {
      return { property: "disks", reason: `has ${slot} twice` };
    }),
  ];
}

/** A machine moves with `migrate`, and is made again without. */
export function machineReplaces(olds: WireMap, news: WireMap): string[] {
  return olds["nodeName"] !== news["nodeName"] && news["migrate"] !== true ? ["nodeName"] : [];
}

/** Why Proxmox would refuse a virtual machine, in its words. */
export function refusesMachine(inputs: WireMap, datacenter: Datacenter, id: string): string | undefined {
  const reasons = [
    ...storagesOf(inputs).flatMap(([storage, content]) => refusesStorage(storage, content, datacenter)),
    ...volumesOf(inputs).flatMap((volume) =>
      datacenter.get("file", `${inputs["nodeName"]} ${volume}`) ? [] : [`volume '${volume}' does not exist`],
    ),
    ...maps(inputs["networkDevices"]).flatMap((device) =>
      refusesDevice(String(inputs["nodeName"]), device, datacenter),
    ),
    ...maps(inputs["hostpcis"]).flatMap(({ mapping }) => refusesMapping(String(mapping), inputs, datacenter, id)),
  ];
  return reasons[0];
}

/** Why Proxmox would not remove a virtual machine. */
export function keepsMachine({ protection }: WireMap, _: Datacenter, id: string): string | undefined {
  return protection === true ? `can't remove VM ${id} - protection mode enabled` : undefined;
}

function storagesOf(inputs: WireMap): [storage: string, content: string][] {
  const parts = [...maps(inputs["disks"]), ...maps([inputs["efiDisk"], inputs["tpmState"], inputs["initialization"]])];
  // What names no storage goes to Proxmox's default, which a ZFS installation does not have.
  return parts.map(({ datastoreId = "local-lvm" }) => [String(datastoreId), "images"]);
}

function refusesStorage(storage: string, content: string, datacenter: Datacenter): string[] {
  const known = datacenter.get("storage", storage);
  if (!known) return [`storage '${storage}' does not exist`];
  const contents = (known["contents"] as string[] | undefined) ?? [];
  return contents.includes(content) ? [] : [`storage '${storage}' does not support content-type '${content}'`];
}

function volumesOf(inputs: WireMap): string[] {
  const files = [...maps(inputs["disks"]).flatMap((disk) => [disk["importFrom"], disk["fileId"]])];
  const [cdrom] = maps([inputs["cdrom"]]);
  return [...files, cdrom?.["fileId"]].map(String).filter((volume) => volume.includes(":"));
}

function refusesDevice(node: string, { bridge = "vmbr0", vlanId }: WireMap, datacenter: Datacenter): string[] {
  const known = datacenter.get("interface", `${node}:${bridge}`);
  if (!known) return [`bridge '${bridge}' does not exist`];
  const { vlanAware, vids } = known;
  if (vlanId === undefined || vlanAware !== true || vids === undefined || allows(String(vids), Number(vlanId)))
    return [];
  return [`vlan ${vlanId} is not allowed on bridge '${bridge}', which carries ${vids}`];
}

function refusesMapping(mapping: string, inputs: WireMap, datacenter: Datacenter, id: string): string[] {
  const known = datacenter.get("mapping", mapping);
  if (!known) return [`PCI mapping '${mapping}' does not exist`];
  if (!maps(known["maps"]).some(({ node }) => node === inputs["nodeName"])) {
    return [`PCI mapping '${mapping}' has no device on node '${inputs["nodeName"]}'`];
  }
  if (inputs["started"] === false) return [];
  const holder = datacenter
    .all("machine")
    .find(
      ([other, machine]) =>
        other !== id &&
        machine["started"] !== false &&
        machine["nodeName"] === inputs["nodeName"] &&
        maps(machine["hostpcis"]).some((device) => device["mapping"] === mapping),
    );
  return holder ? [`PCI mapping '${mapping}' is already in use by VM ${holder[0]}`] : [];
}

function maps(value: Wire | undefined): WireMap[] {
  const items = Array.isArray(value) ? value : [];
  return items.filter((item): item is WireMap => typeof item === "object" && item !== null && !Array.isArray(item));
}

function twice(values: readonly (Wire | undefined)[]): string[] {
  return values.filter((value, at) => values.indexOf(value) < at).map(String);
}
