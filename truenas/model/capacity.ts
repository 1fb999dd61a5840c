/** One virtual device of a pool as far as its size matters. */
export interface SizedVdev {
  /** The vdev type as the middleware spells it. */
  readonly type: string;
  /** Serial numbers of its disks; only their number counts here. */
  readonly disks: readonly string[];
  /** Size of each disk in bytes, as the manufacturer counts. */
  readonly diskSize?: number;
}

/** The part of a pool's topology that holds data. */
export interface SizedTopology {
  readonly data: readonly SizedVdev[];
}

const SECTOR = 4096;
const RECORD = 128 * 1024;
const LARGEST_SLOP = 128 * 1024 ** 3;
const SMALLEST_SLOP = 128 * 1024 ** 2;

const PARITY: Readonly<Record<string, number>> = { RAIDZ1: 1, RAIDZ2: 2, RAIDZ3: 3 };

/** Bytes of all data disks together, before redundancy. */
export function rawBytes(topology: SizedTopology): number {
  return topology.data.reduce((sum, vdev) => sum + vdev.disks.length * (vdev.diskSize ?? 0), 0);
}

/**
 * Bytes that datasets can use, by OpenZFS allocation: parity sectors and padding of a 128 KiB record at ashift 12, less
 * the slop that ZFS keeps for itself (1/32, at least 128 MiB, at most 128 GiB).
 */
export function usableBytes(topology: SizedTopology): number {
  const allocatable = topology.data.reduce((sum, vdev) => sum + vdevBytes(vdev), 0);
  const slop = Math.min(Math.max(allocatable / 32, SMALLEST_SLOP), LARGEST_SLOP);

  return Math.max(0, Math.floor(allocatable - slop));
}

function vdevBytes(vdev: SizedVdev): number {
  const disk = vdev.diskSize ?? 0;
  const width = vdev.disks.length;
  const parity = PARITY[vdev.type];

  if (parity !== undefined) return width * disk * raidzEfficiency(width, parity);
  return vdev.type === "MIRROR" ? disk : width * disk;
}

/** Share of the raw space that a full record keeps: rows of parity, then padding to a multiple of parity + 1. */
function raidzEfficiency(width: number, parity: number): number {
  const data = RECORD / SECTOR;
  if (width <= parity) return 0;
  const withParity = data + Math.ceil(data / (width - parity)) * parity;
  const allocated = Math.ceil(withParity / (parity + 1)) * (parity + 1);

  return data / allocated;
}

/** A ceiling that a dataset or zvol was given: its path and the bytes it may take at most. */
export interface Ceiling {
  readonly path: string;
  readonly bytes: number;
}

/** Bytes promised to the topmost ceilings: one below another is already counted by the one above it. */
export function promisedBytes(ceilings: readonly Ceiling[]): number {
  const paths = new Set(ceilings.map((ceiling) => ceiling.path));
  const topmost = ceilings.filter((ceiling) => !ancestors(ceiling.path).some((path) => paths.has(path)));

  return topmost.reduce((sum, ceiling) => sum + ceiling.bytes, 0);
}

function ancestors(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/"));
}
