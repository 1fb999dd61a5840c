import ipaddr from "ipaddr.js";
import { isRecord, type Values } from "./property.ts";
import { Refused } from "./refused.ts";
import type { Change, PlanContext, Row } from "./resource-type.ts";

/** What moves an interface to another network as a whole. */
const MOVES = ["vlanParentInterface", "vlanTag"];

/** Refuses a change that surely takes away the address by which this program manages the appliance. */
export function guardAddress(change: Change, { host = "", row }: PlanContext): void {
  const stated = addressesIn(row ? row["aliases"] : change.olds["aliases"]);
  const live = addressesIn(isRecord(row?.["state"]) ? row["state"]["aliases"] : []);
  const carries = [...stated, ...live].some((address) => same(address, host));
  if (!carries) return;
  const left = "aliases" in change.changed ? addressesIn(change.changed["aliases"]) : stated;
  const kept = left.some((address) => same(address, host)) || (asks(change, row) && !stated.some((a) => same(a, host)));
  const moved = MOVES.filter((name) => name in change.changed);
  if (kept && moved.length === 0) return;
  const deed = kept ? `a change of its ${moved.join(" and ")}` : "taking that address off it";
  throw new Refused(sentence(change.id, host, deed));
}

/** Why the interface is not deleted, if so. */
export function guardRemoval(id: string, row: Row, host: string): string | undefined {
  const state = isRecord(row["state"]) ? row["state"]["aliases"] : [];
  const carries = [...addressesIn(row["aliases"]), ...addressesIn(state)].some((address) => same(address, host));

  return carries ? sentence(id, host, "deleting it") : undefined;
}

/** The address may come from a DHCP server, as long as it is asked. */
function asks(change: Change, row: Row | undefined): boolean {
  return ["ipv4Dhcp", "ipv6Auto"].some((name) =>
    name in change.changed
      ? change.changed[name] === true
      : row?.[name === "ipv4Dhcp" ? "ipv4_dhcp" : "ipv6_auto"] === true,
  );
}

function sentence(id: string, host: string, deed: string): string {
  return `NetworkInterface "${id}" carries ${host}, by which this program manages the appliance, and ${deed} would cut it off; manage the appliance by another of its addresses first, or do it at its console`;
}

function addressesIn(aliases: unknown): readonly string[] {
  return Array.isArray(aliases) ? aliases.filter(isRecord).map((alias: Values) => String(alias["address"])) : [];
}

function same(a: string, b: string): boolean {
  if (!ipaddr.isValid(a) || !ipaddr.isValid(b)) return false;

  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString();
}
