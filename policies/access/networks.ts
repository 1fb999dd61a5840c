import { textsAt } from "../reading.ts";
import { isAddress, liesIn } from "../roles/reach.ts";
import type { Settings } from "../rule.ts";
import type { SiteRecord } from "../site-record.ts";

/** The setting that says which of the site's networks a rule means, by name. */
export function networksSetting(names: readonly string[]) {
  return { properties: { networks: { type: "array", items: { type: "string" }, default: [...names] } } } as const;
}

/** The address ranges of the networks that a rule means; empty when the site has none of them. */
export function rangesOf(settings: Settings, site: SiteRecord | undefined): string[] {
  return textsAt(settings, "networks").flatMap((name) => site?.networks[name]?.cidr ?? []);
}

/** Clients of a share that lie in none of some ranges; names of machines cannot be told and are left out. */
export function outside(clients: readonly string[], ranges: readonly string[]): string[] {
  return clients.filter((client) => isAddress(client) && !ranges.some((range) => liesIn(client, range)));
}

/** Clients of a share that lie in one of some ranges. */
export function inside(clients: readonly string[], ranges: readonly string[]): string[] {
  return clients.filter((client) => ranges.some((range) => liesIn(client, range)));
}
