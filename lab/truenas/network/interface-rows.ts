import type { ApplianceState } from "../state/appliance-state.ts";
import type { Table } from "../state/store.ts";
import type { InterfaceRow, InterfaceType, LiveInterface, NicRow } from "./rows.ts";

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
