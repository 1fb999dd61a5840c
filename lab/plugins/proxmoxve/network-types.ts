import type { InputFailure, InputRule } from "../resource-type.ts";
import { flag, formed, list, text, whole } from "../rules.ts";
import type { WireMap } from "../values.ts";
import type { Datacenter } from "./datacenter.ts";
import { type ObjectType, objectType } from "./object-type.ts";
import { allows } from "./vlans.ts";

const CIDR = /^[\d.]+\/\d{1,2}$|^[\da-f:]+\/\d{1,3}$/i;
const cidr = formed(CIDR, "an address with the length of its prefix, such as 10.0.0.2/24");
const address = formed(/^([\d.]+|[\da-f:]+)$/i, "an address");

const COMMON: Readonly<Record<string, InputRule>> = {
  nodeName: text({ required: true }),
  address: cidr,
  address6: cidr,
  gateway: address,
  gateway6: address,
  autostart: flag({ default: true }),
  comment: text(),
  mtu: whole(1280, 65520),
  timeoutReload: whole(5, 3600),
};

const idOf = ({ nodeName, name }: WireMap) => `${nodeName}:${name}`;

const bridge: ObjectType = {
  kind: "interface",
  inputs: {
    ...COMMON,
    name: formed(/^[a-z][a-z0-9_]{0,9}$/i, "1 to 10 letters, digits and _, a letter first", {
      required: true,
      replaces: true,
    }),
    ports: list(),
    vlanAware: flag(),
    vids: formed(/^\d+(-\d+)?( \d+(-\d+)?)*$/, "tags and ranges with spaces between them, such as 1 10 30-32"),
  },
  idOf,
  check: ({ vids, vlanAware }) =>
    vids !== undefined && vlanAware !== true ? failure("vids", "needs vlanAware to be true") : [],
};

const vlan: ObjectType = {
  kind: "interface",
  inputs: {
    ...COMMON,
    name: text({ required: true, replaces: true }),
    interface: text(),
    vlan: whole(1, 4094),
  },
  idOf,
  check(inputs) {
    const { interface: below, vlan: tag } = inputs;
    if (String(inputs["name"]).includes(".") || (below !== undefined && tag !== undefined)) return [];
    return failure(
      "name",
      "must be the interface and the tag with a dot between them, or come with interface and vlan",
    );
  },
  refuses: refusesVlan,
};

function refusesVlan(inputs: WireMap, datacenter: Datacenter): string | undefined {
  const [named = "", tagNamed] = String(inputs["name"]).split(".");
  const below = String(inputs["interface"] ?? named);
  const tag = Number(inputs["vlan"] ?? tagNamed);
  const known = datacenter.get("interface", `${inputs["nodeName"]}:${below}`);
  if (!known) return `vlan-raw-device '${below}' does not exist`;
  const { vids } = known;
  if (vids === undefined || allows(String(vids), tag)) return undefined;
  return `vlan ${tag} is not allowed on bridge '${below}', which carries ${vids}`;
}

function failure(property: string, reason: string): InputFailure[] {
  return [{ property, reason }];
}

/** Interfaces of a host. */
export const NETWORK_TYPES = {
  "proxmoxve:network/linux/bridge:Bridge": objectType(bridge),
  "proxmoxve:network/linux/vlan:Vlan": objectType(vlan),
};
