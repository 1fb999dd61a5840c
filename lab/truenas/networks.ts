import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An IP network: its first address and prefix length. */
export interface Network {
  readonly first: Address;
  readonly bits: number;
  /** `10.0.0.0/24` */
  readonly text: string;
}

function networkOf(address: Address, bits: number): Network {
  const bytes = address.toByteArray();
  const masked = bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - 8 * index));
    return byte & ((0xff << (8 - kept)) & 0xff);
  });
  const first = ipaddr.fromByteArray(masked);
  return { first, bits, text: `${first.toString()}/${bits}` };
}

/** The network that a text means, host bits cleared; a bare address is a network of one. Undefined when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [host = "", prefix, ...rest] = text.split("/");
  if (rest.length > 0 || !isAddress(host)) return undefined;
  const address = ipaddr.parse(host);
  const width = address.kind() === "ipv4" ? 32 : 128;
  if (prefix === undefined) return networkOf(address, width);
  const bits = prefix.includes(".") ? maskBits(prefix) : /^\d+$/.test(prefix) ? Number(prefix) : undefined;
  return bits === undefined || bits > width ? undefined : networkOf(address, bits);
}

function maskBits(mask: string): number | undefined {
  return isAddress(mask) ? (ipaddr.parse(mask).prefixLengthFromSubnetMask() ?? undefined) : undefined;
}

/** True for an IP address in full notation. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** True when the two networks share an address. */
export function overlap(a: Network, b: Network): boolean {
  if (a.first.kind() !== b.first.kind()) return false;
  const bits = Math.min(a.bits, b.bits);
  return networkOf(a.first, bits).text === networkOf(b.first, bits).text;
}

/** True when the address lies in the network. */
export function contains(network: Network, address: string): boolean {
  const one = parseNetwork(address);
  return one !== undefined && one.bits >= network.bits && overlap(network, one);
}

/** True for `0.0.0.0/0`, `::/0` and every other network that starts at address zero. */
export function startsAtZero(network: Network): boolean {
  return network.first.toByteArray().every((byte) => byte === 0);
}
