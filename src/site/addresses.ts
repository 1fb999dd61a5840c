import ipaddr from "ipaddr.js";
import { text } from "./value.ts";

/** An address block: the network address and the length of its prefix. */
export type Block = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The block that a checked CIDR stands for. */
export function blockOf(cidr: string): Block {
  return ipaddr.parseCIDR(cidr);
}

/** An address of one machine, such as `10.10.10.20`. */
export const address = () =>
  text({
    rule: "address",
    allowed: "an IPv4 address in four parts, or an IPv6 address",
    remedy: "write the address alone, without a prefix length",
    examples: ["10.10.10.20"],
    read: (input) =>
      ipaddr.IPv4.isValidFourPartDecimal(input) || ipaddr.IPv6.isValid(input)
        ? { value: input }
        : { refused: { says: `"${input}" is not an address` } },
  });

/** A network in CIDR notation, such as `10.10.10.0/24`. */
export const cidr = () =>
  text({
    rule: "cidr",
    allowed: "a network address and its prefix length, such as 10.10.10.0/24",
    remedy: "write the network, not an address in it",
    examples: ["10.10.10.0/24"],
    read: (input) => {
      if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(input) && !ipaddr.IPv6.isValidCIDR(input)) {
        return { refused: { says: `"${input}" is not a network in CIDR notation` } };
      }
      const [written, length] = ipaddr.parseCIDR(input);
      const network = networkAddress([written, length]);
      if (length === 0) return { refused: { says: `"${input}" is every address there is` } };
      if (written.toNormalizedString() === network.toNormalizedString()) return { value: input };

      return {
        refused: { says: `"${input}" has host bits set`, remedy: `write ${network.toString()}/${length}` },
      };
    },
  });

/** First address of a block. */
export function networkAddress([at, length]: Block): ipaddr.IPv4 | ipaddr.IPv6 {
  const cidr = `${at.toString()}/${length}`;
  return at.kind() === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
}

/** Last address of an IPv4 block, which reaches every host in it; IPv6 has none. */
export function broadcastAddress([at, length]: Block): ipaddr.IPv4 | undefined {
  if (at.kind() !== "ipv4" || length > 30) return undefined;
  return ipaddr.IPv4.broadcastAddressFromCIDR(`${at.toString()}/${length}`);
}

/** Whether an address lies in a block. */
export function contains(block: Block, inside: string): boolean {
  const candidate = ipaddr.parse(inside);
  return candidate.kind() === block[0].kind() && candidate.match(block as [ipaddr.IPv4, number]);
}

/** Whether two blocks share an address. */
export function overlap(one: Block, other: Block): boolean {
  const wider = one[1] <= other[1] ? one : other;
  const narrower = wider === one ? other : one;

  return contains(wider, narrower[0].toString());
}

/** One spelling for each address, to compare by. */
export function canonical(written: string): string {
  return ipaddr.parse(written).toNormalizedString();
}
