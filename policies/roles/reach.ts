import ipaddr from "ipaddr.js";
import type { OwnerRole } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import { textsAt } from "../reading.ts";
import type { SiteRecord } from "../site-record.ts";

/** The hosts of some role that a share lets in, by name; networks and single addresses count alike. */
export function hostsLetIn(share: Judged, site: SiteRecord | undefined, role: OwnerRole): string[] {
  const clients = [
    ...textsAt(share.props, "networks"),
    ...textsAt(share.props, "hosts"),
    ...textsAt(share.props, "options", "hostsallow"),
  ];
  return Object.entries(site?.hosts ?? {})
    .filter(([, host]) => host.role === role)
    .filter(([name, host]) => clients.some((client) => lets(client, name, Object.values(host.addresses ?? {}))))
    .map(([name]) => name);
}

/** Whether an address or a whole network lies in a network; names and malformed text lie in none. */
export function liesIn(address: string, cidr: string): boolean {
  try {
    const [base, bits] = range(address);
    const [network, prefix] = range(cidr);
    return (
      base.kind() === network.kind() && bits >= prefix && (base as ipaddr.IPv4).match(network as ipaddr.IPv4, prefix)
    );
  } catch {
    return false;
  }
}

/** Whether text is an address or a network rather than a name. */
export function isAddress(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

function lets(client: string, name: string, addresses: readonly string[]): boolean {
  return client === name || addresses.some((address) => liesIn(address, client));
}

function range(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
