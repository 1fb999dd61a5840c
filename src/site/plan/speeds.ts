import type { Site } from "../site.ts";

/** Share of a line that carries data, the rest being headers, acknowledgements and pauses. */
const SHARE_OF_LINE = 0.8;
/** Most that one stream of zfs send and receive moves between pools of spinning disks, in bytes per second. */
const STREAM = 400e6;
const GIGABIT = 1e9 / 8;
const JUMBO = 9000;

/** Bytes per second from one pool to another of the same appliance. */
export const WITHIN_APPLIANCE = STREAM;

/** Bytes per second between two machines, by the fastest network that both have an address in. */
export function betweenMachines(one: Addresses, other: Addresses, { networks }: Site): number {
  const lines = Object.keys(one)
    .filter((name) => name in other)
    .map((name) => lineOf(networks[name]));
  const line = lines.length === 0 ? GIGABIT : Math.max(...lines);
  return Math.min(STREAM, line * SHARE_OF_LINE);
}

/** Bytes per second into and out of the house. */
export function wideArea({ recovery: { download, upload } }: Site): { readonly down: number; readonly up: number } {
  return { down: download * SHARE_OF_LINE, up: upload * SHARE_OF_LINE };
}

/** Bytes that change in some data within some seconds. */
export function changedBytes(bytes: number, seconds: number, { recovery: { dailyChange } }: Site): number {
  return Math.min(bytes, (bytes * dailyChange * seconds) / (100 * 86_400));
}

type Addresses = Readonly<Record<string, string>>;

/** A network carries jumbo frames where its ports are fast ones. */
function lineOf(network: Site["networks"][string] | undefined): number {
  if (network === undefined) return GIGABIT;
  return network.speed ?? (network.mtu >= JUMBO ? 10 * GIGABIT : GIGABIT);
}
