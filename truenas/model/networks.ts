import ipaddr from "ipaddr.js";

/** Pairs of networks of which one contains the other; text that is no network is passed over. */
export function overlappingNetworks(networks: readonly unknown[]): readonly (readonly [string, string])[] {
  const known = networks.filter((text): text is string => typeof text === "string" && ipaddr.isValidCIDR(text));

  return known.flatMap((a, index) =>
    known
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => [a, b] as const),
  );
}

function overlap(a: string, b: string): boolean {
  const [left, leftBits] = ipaddr.parseCIDR(a);
  const [right, rightBits] = ipaddr.parseCIDR(b);
  if (left.kind() !== right.kind()) return false;
  const bits = Math.min(leftBits, rightBits);

  return left.match(right, bits);
}
