import type { ApplianceState } from "../state/appliance-state.ts";
import type { Table } from "../state/store.ts";

/** An address on an interface. */
export interface Alias {
  readonly type: "INET" | "INET6";
  readonly address: string;
  readonly netmask: number;
}

/** A network card of the machine. */
export interface NicRow {
  /** Kernel name, e.g. `eno1`. */
  readonly name: string;
  readonly mac: string;
  /** What a DHCP server would give it. */
  readonly lease?: { readonly address: string; readonly netmask: number; readonly gateway?: string };
}

export type InterfaceType = "PHYSICAL" | "BRIDGE" | "LINK_AGGREGATION" | "VLAN";

/** How an interface is configured; a network card without such a row is not. */
export interface InterfaceRow {
  readonly name: string;
  readonly description: string;
  readonly ipv4_dhcp: boolean;
  readonly ipv6_auto: boolean;
  readonly aliases: readonly Alias[];
  readonly mtu: number | null;
  readonly bridge?: { readonly members: readonly string[]; readonly stp: boolean; readonly enable_learning: boolean };
  readonly lag?: {
    readonly protocol: string;
    readonly ports: readonly string[];
    readonly xmit_hash_policy: string | null;
    readonly lacpdu_rate: string | null;
  };
  readonly vlan?: { readonly parent: string; readonly tag: number; readonly pcp: number | null };
}

/** An interface as the kernel has it. */
export interface LiveInterface {
  readonly name: string;
  readonly aliases: readonly Alias[];
  readonly mtu: number;
}

/** Changes of interfaces that are not final yet; held in memory only. */
export interface PendingChanges {
  /** The rows before the first of the changes. */
  readonly originals: readonly InterfaceRow[];
  readonly gateway: string;
  /** When they are taken back unless somebody checks in; undefined before they are committed. */
  readonly revertAt?: number | undefined;
}

export const MTU = 1500;

export const nicsOf = (state: ApplianceState): Table<NicRow> => state.table("nics");
export const interfacesOf = (state: ApplianceState): Table<InterfaceRow> => state.table("interfaces");
export const liveOf = (state: ApplianceState): Table<LiveInterface> => state.table("liveInterfaces");

/** What kind of interface a name stands for; the middleware goes by the name as well. */
export function typeOf(name: string): InterfaceType {
  if (name.startsWith("br")) return "BRIDGE";
  if (name.startsWith("bond")) return "LINK_AGGREGATION";
  return name.startsWith("vlan") ? "VLAN" : "PHYSICAL";
}

/** Addresses that the appliance answers on. */
export function liveAddresses(state: ApplianceState): readonly string[] {
  return liveOf(state)
    .values()
    .flatMap(({ aliases }) => aliases.map(({ address }) => address));
}

/** Members of aggregations, each with the aggregation's name. */
export function lagMembers(state: ApplianceState): ReadonlyMap<string, string> {
  const rows = interfacesOf(state).values();
  return new Map(rows.flatMap(({ name, lag }) => (lag?.ports ?? []).map((port) => [port, name] as const)));
}
