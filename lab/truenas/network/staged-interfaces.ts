import type { ApplianceState } from "../state/appliance-state.ts";
import { interfacesOf, lagMembers, liveOf, MTU, nicsOf } from "./interface-rows.ts";
import type { Alias, PendingChanges } from "./rows.ts";

const KEY = "pending";
const GATEWAY = "gateway";

interface GlobalSettings {
  readonly ipv4gateway: string;
}

const settings = (state: ApplianceState) => state.table<GlobalSettings>("configuration");

/** The default gateway as it is configured. */
export function configuredGateway(state: ApplianceState): string {
  return settings(state).get("network.configuration")?.ipv4gateway ?? "";
}

/** The default gateway that the kernel uses, which a DHCP server may have named. */
export function liveGateway(state: ApplianceState): string {
  return configuredGateway(state) || String(state.facts.get(GATEWAY) ?? "");
}

export function pendingChanges(state: ApplianceState): PendingChanges | undefined {
  return state.pendingInterfaces.get(KEY);
}

/** Remembers how things were before the first change. */
export function stage(state: ApplianceState): void {
  if (pendingChanges(state) !== undefined) return;
  state.pendingInterfaces.put(KEY, { originals: interfacesOf(state).values(), gateway: configuredGateway(state) });
}

/** Makes the changes final: nothing is left to take back. */
export function settle(state: ApplianceState): void {
  state.pendingInterfaces.delete(KEY);
}

/** Sets or clears the moment at which committed changes are taken back. */
export function setRevert(state: ApplianceState, revertAt: number | undefined): void {
  const pending = pendingChanges(state);
  if (pending !== undefined) state.pendingInterfaces.put(KEY, { ...pending, revertAt });
}

/** Takes the changes back, and applies what was there before. */
export async function revert(state: ApplianceState): Promise<void> {
  const pending = pendingChanges(state);
  if (pending !== undefined) {
    const rows = interfacesOf(state);
    for (const name of rows.keys()) rows.delete(name);
    for (const row of pending.originals) rows.put(row.name, row);
    const known = settings(state).get("network.configuration");
    if (known !== undefined)
      settings(state).put("network.configuration", { ...known, ipv4gateway: pending.gateway } as GlobalSettings);
  }
  settle(state);
  applyInterfaces(state);
  await state.networkReverted();
}

/** Takes back what nobody has checked in on in time. */
export async function revertIfOverdue(state: ApplianceState, now: number): Promise<void> {
  const at = pendingChanges(state)?.revertAt;
  if (at !== undefined && at <= now) await revert(state);
}

/** Brings the kernel in line with the rows; without any, every card asks for a lease. */
export function applyInterfaces(state: ApplianceState): void {
  const [rows, live, members] = [interfacesOf(state), liveOf(state), lagMembers(state)];
  const all = new Set([...nicsOf(state).keys(), ...rows.keys()]);
  for (const name of live.keys()) if (!all.has(name)) live.delete(name);
  let gateway = "";
  for (const name of all) {
    const row = rows.get(name);
    const lease = nicsOf(state).get(name)?.lease;
    const leased = lease !== undefined && !members.has(name) && (row?.ipv4_dhcp ?? rows.size === 0);
    if (leased) gateway ||= lease.gateway ?? "";
    const given: Alias[] = leased ? [{ type: "INET", address: lease.address, netmask: lease.netmask }] : [];
    live.put(name, { name, aliases: [...given, ...(row?.aliases ?? [])], mtu: row?.mtu ?? MTU });
  }
  state.facts.put(GATEWAY, gateway);
}
