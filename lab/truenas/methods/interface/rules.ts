import type { ValidationErrors } from "../../middleware/errors.ts";
import { interfacesOf, lagMembers, liveOf, MTU, nicsOf } from "../../network/interface-rows.ts";
import type { InterfaceRow, InterfaceType } from "../../network/rows.ts";
import { overlap, parseNetwork } from "../../networks.ts";
import type { ApplianceState } from "../../state/appliance-state.ts";
import type { Wanted } from "./models.ts";

/** What a call wants of an interface, and whom it concerns. */
export interface Judged {
  readonly state: ApplianceState;
  /** With what errors begin. */
  readonly prefix: string;
  readonly type: InterfaceType;
  readonly wanted: Wanted;
  /** The interface that is changed; undefined for a new one. */
  readonly self?: string | undefined;
}

const SUPPORTED_PROTOCOLS = ["LACP", "FAILOVER", "LOADBALANCE"];
const LEAST_MTU_OF_V6 = 1280;

const NAMES: Readonly<Partial<Record<InterfaceType, readonly [pattern: RegExp, problem: string]>>> = {
  BRIDGE: [/^br\d+$/, 'Bridge interface must start with "br" followed by an unique number.'],
  LINK_AGGREGATION: [/^bond\d+$/, 'Link aggregation interface must start with "bond" followed by an unique number.'],
  VLAN: [/^vlan\d+$/, 'VLAN interface must start with "vlan" followed by an unique number.'],
};

const PHYSICAL_NEVER = [
  ["aliases", "Active node IP address"],
  ["mtu", "MTU"],
  ["ipv4_dhcp", "DHCP"],
  ["ipv6_auto", "Autoconfig for IPv6"],
] as const;

const others = ({ state, self }: Judged): InterfaceRow[] =>
  interfacesOf(state)
    .values()
    .filter(({ name }) => name !== self);

const exists = ({ state, self }: Judged, name: string) =>
  name !== self && (nicsOf(state).has(name) || interfacesOf(state).has(name));

/** Members of bridges and aggregations, and parents of VLANs as the middleware has them: by the VLAN's own name. */
function uses(judged: Judged) {
  const rows = others(judged);
  return {
    bridge: new Map(rows.flatMap(({ name, bridge }) => (bridge?.members ?? []).map((port) => [port, name] as const))),
    lag: new Map(rows.flatMap(({ name, lag }) => (lag?.ports ?? []).map((port) => [port, name] as const))),
    vlan: new Map(rows.flatMap(({ name, vlan }) => (vlan ? [[name, vlan.parent] as const] : []))),
  };
}

function judgeAddresses(judged: Judged, errors: ValidationErrors): void {
  const { prefix, wanted, state } = judged;
  const real = others(judged).filter(({ name }) => liveOf(state).has(name));
  if (wanted.ipv4_dhcp && real.some((row) => row.ipv4_dhcp))
    errors.add(`${prefix}.ipv4_dhcp`, "Only one interface can be used for DHCP.");
  if (wanted.ipv6_auto && real.some((row) => row.ipv6_auto))
    errors.add(`${prefix}.ipv6_auto`, "Only one interface can have IPv6 autoconfiguration enabled.");
  const used = others(judged)
    .flatMap(({ aliases }) => aliases)
    .flatMap(({ address, netmask }) => parseNetwork(`${address}/${netmask}`) ?? []);
  for (const [index, { address, netmask }] of (wanted.aliases ?? []).entries()) {
    const network = parseNetwork(`${address}/${netmask}`);
    if (network === undefined) throw new Error(`'${netmask}' is not a valid netmask`);
    if (used.some((other) => overlap(other, network)))
      errors.add(`${prefix}.aliases.${index}`, `The network ${network.text} is already in use by another interface.`);
  }
}

function judgeMembers(judged: Judged, errors: ValidationErrors): void {
  const { prefix, wanted } = judged;
  const used = uses(judged);
  for (const [index, member] of (wanted.bridge_members ?? []).entries()) {
    const at = `${prefix}.bridge_members.${index}`;
    const by = used.bridge.get(member) ?? used.lag.get(member);
    if (!exists(judged, member)) errors.add(at, "Not a valid interface.");
    else if (by !== undefined) errors.add(at, `Interface ${member} is currently in use by ${by}.`);
  }
}

function judgeAggregation(judged: Judged, errors: ValidationErrors): void {
  const { prefix, wanted } = judged;
  const used = uses(judged);
  if (!SUPPORTED_PROTOCOLS.includes(wanted.lag_protocol ?? ""))
    errors.add(`${prefix}.lag_protocol`, `TrueNAS SCALE does not support LAG protocol ${wanted.lag_protocol}`);
  if ((wanted.lag_ports ?? []).length === 0) errors.add(`${prefix}.lag_ports`, "This field cannot be empty.");
  const configured = new Set(others(judged).map(({ name }) => name));
  for (const [index, member] of (wanted.lag_ports ?? []).entries()) {
    const at = `${prefix}.lag_ports.${index}`;
    const by = used.lag.get(member) ?? used.bridge.get(member) ?? used.vlan.get(member);
    if (!exists(judged, member)) errors.add(at, `"${member}" is not a valid interface.`);
    else if (by !== undefined) errors.add(at, `Interface ${member} is currently in use by ${by}.`);
    else if (configured.has(member)) errors.add(at, `Interface ${member} is currently in use`);
  }
}

function judgeVlan(judged: Judged, errors: ValidationErrors): void {
  const { state, prefix, wanted } = judged;
  const parent = wanted.vlan_parent_interface ?? "";
  const by = uses(judged).lag.get(parent);
  const at = `${prefix}.vlan_parent_interface`;
  if (!exists(judged, parent)) errors.add(at, "Not a valid interface.");
  else if (by !== undefined) errors.add(at, `Interface ${parent} is currently in use by ${by}.`);
  else if (parent.startsWith("br")) errors.add(at, "Bridge interfaces are not allowed.");
  else if (wanted.mtu && wanted.mtu > (interfacesOf(state).get(parent)?.mtu ?? MTU))
    errors.add(`${prefix}.mtu`, "VLAN MTU cannot be bigger than parent interface.");
}

function judgePhysical({ state, prefix, wanted, self }: Judged, errors: ValidationErrors): void {
  const by = lagMembers(state).get(self ?? "");
  if (by === undefined) return;
  for (const [field, words] of PHYSICAL_NEVER) {
    const value = wanted[field];
    if (Array.isArray(value) ? value.length > 0 : value)
      errors.add(`${prefix}.${field}`, `Interface in use by ${by}. ${words} cannot be changed.`);
  }
}

const JUDGES = { PHYSICAL: judgePhysical, BRIDGE: judgeMembers, LINK_AGGREGATION: judgeAggregation, VLAN: judgeVlan };

/** Every reason against the interface, in the middleware's words and order. */
export function judge(judged: Judged, errors: ValidationErrors): void {
  const { prefix, type, wanted } = judged;
  if (wanted.name !== undefined && exists(judged, wanted.name))
    errors.add(`${prefix}.name`, "Interface name is already in use.");
  judgeAddresses(judged, errors);
  const [pattern, problem] = NAMES[type] ?? [];
  if (wanted.name !== undefined && problem !== undefined && !pattern?.test(wanted.name))
    errors.add(`${prefix}.name`, problem);
  JUDGES[type](judged, errors);
  if (wanted.mtu && wanted.mtu < LEAST_MTU_OF_V6 && wanted.aliases?.some(({ type: family }) => family === "INET6"))
    errors.add(`${prefix}.mtu`, "When specifying an IPv6 address, the MTU cannot be smaller than 1280");
}
