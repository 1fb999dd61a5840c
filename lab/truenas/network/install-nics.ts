import { createHash } from "node:crypto";
import { isAddress, overlap, parseNetwork } from "../networks.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { interfacesOf, nicsOf } from "./interface-rows.ts";
import type { Alias } from "./rows.ts";
import { applyInterfaces } from "./staged-interfaces.ts";

/** A network card of the machine. */
export interface NicSpec {
  /** Kernel name, e.g. `eno1`. */
  readonly name: string;
  /** What a DHCP server would give it, e.g. `192.168.0.77/24`. */
  readonly lease?: string;
  /** The router that the DHCP server names. */
  readonly gateway?: string;
}

/** How wide the networks are taken to be that an appliance has addresses in. */
const PREFIX = { INET: 24, INET6: 64 } as const;
/** Cards without a configuration, for interfaces to be made of. */
const SPARE = 2;

function aliasOf(address: string): Alias {
  const type = address.includes(":") ? "INET6" : "INET";
  return { type, address, netmask: PREFIX[type] };
}

const networkOf = ({ address, netmask }: Alias) => parseNetwork(`${address}/${netmask}`);

function near(a: Alias, b: Alias): boolean {
  const [one, other] = [networkOf(a), networkOf(b)];
  return one !== undefined && other !== undefined && overlap(one, other);
}

function addNic(state: ApplianceState, { name, lease, gateway }: NicSpec): void {
  const digest = createHash("sha256")
    .update(`${state.facts.get("hostname")} ${name}`)
    .digest("hex");
  const mac = ["02", ...(digest.slice(0, 10).match(/../g) ?? [])].join(":");
  const [address = "", netmask = String(PREFIX.INET)] = lease?.split("/") ?? [];
  const leased = { address, netmask: Number(netmask), ...(gateway === undefined ? {} : { gateway }) };
  nicsOf(state).put(name, { name, mac, ...(lease === undefined ? {} : { lease: leased }) });
}

/** Puts the address on the card that is in its network already, or on the first that has none. */
function addAddress(state: ApplianceState, alias: Alias): void {
  const rows = interfacesOf(state);
  const home = rows.values().find(({ aliases }) => aliases.some((other) => near(other, alias)));
  if (home !== undefined) {
    rows.put(home.name, { ...home, aliases: [...home.aliases, alias] });
    return;
  }
  const free = nicsOf(state)
    .keys()
    .find((name) => !rows.has(name));
  const name = free ?? `eno${nicsOf(state).size + 1}`;
  if (free === undefined) addNic(state, { name });
  rows.put(name, { name, description: "", ipv4_dhcp: false, ipv6_auto: false, aliases: [alias], mtu: null });
}

/**
 * Gives a machine its network cards and configures the addresses that it comes with, a card for each network. Addresses
 * that were given earlier are left to what became of them since.
 */
export function installNics(state: ApplianceState, addresses: readonly string[], nics: readonly NicSpec[] = []): void {
  for (const nic of nics) if (!nicsOf(state).has(nic.name)) addNic(state, nic);
  const given = String(state.facts.get("givenAddresses") ?? "").split(" ");
  const fresh = addresses.filter((address) => isAddress(address) && !given.includes(address));
  for (const address of fresh) addAddress(state, aliasOf(address));
  if (fresh.length > 0) state.facts.put("givenAddresses", [...given, ...fresh].join(" ").trim());
  const first = state.facts.get("spareNics") === undefined;
  for (let added = 0; first && nics.length === 0 && added < SPARE; added += 1)
    addNic(state, { name: `eno${nicsOf(state).size + 1}` });
  if (first) state.facts.put("spareNics", SPARE);
  if (first || fresh.length > 0) applyInterfaces(state);
}
