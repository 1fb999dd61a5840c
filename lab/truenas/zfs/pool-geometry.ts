import type { VdevRow } from "../state/rows.ts";

const SECTOR = 4096;
const RECORD = 128 * 1024;
const GIB = 1024 ** 3;

/** How a vdev turns disks into redundancy. */
interface Shape {
  readonly parity: number;
  readonly kind: "raidz" | "draid" | "mirror" | "stripe";
}

const shapes: Readonly<Record<VdevRow["type"], Shape>> = {
  STRIPE: { parity: 0, kind: "stripe" },
  MIRROR: { parity: 0, kind: "mirror" },
  RAIDZ1: { parity: 1, kind: "raidz" },
  RAIDZ2: { parity: 2, kind: "raidz" },
  RAIDZ3: { parity: 3, kind: "raidz" },
  DRAID1: { parity: 1, kind: "draid" },
  DRAID2: { parity: 2, kind: "draid" },
  DRAID3: { parity: 3, kind: "draid" },
};

/** Fewest disks that each vdev type takes. */
export const MINIMUM_DISKS: Readonly<Record<VdevRow["type"], number>> = {
  STRIPE: 1,
  MIRROR: 2,
  RAIDZ1: 3,
  RAIDZ2: 4,
  RAIDZ3: 5,
  DRAID1: 2,
  DRAID2: 3,
  DRAID3: 4,
};

/** A vdev as the arithmetic sees it: its type and the size of each disk in bytes. */
export interface VdevSizes {
  readonly type: VdevRow["type"];
  readonly sizes: readonly number[];
  readonly draidDataDisks?: number;
  readonly draidSpareDisks?: number;
}

/** Bytes that a block of `blockBytes` occupies on a RAIDZ vdev: data, parity per row, padded to whole groups of parity + 1. */
function raidzBlockBytes(blockBytes: number, width: number, parity: number): number {
  const data = Math.ceil(blockBytes / SECTOR);
  const rows = Math.ceil(data / (width - parity));
  const group = parity + 1;
  return Math.ceil((data + rows * parity) / group) * group * SECTOR;
}

/** Bytes that the vdev shows in `zpool list`: parity included, for mirrors one copy. */
export function rawVdevBytes(vdev: VdevSizes): number {
  const smallest = Math.min(...vdev.sizes);
  const { kind } = shapes[vdev.type];
  if (kind === "mirror") return smallest;
  if (kind === "stripe") return vdev.sizes.reduce((sum, size) => sum + size, 0);
  return smallest * (vdev.sizes.length - (kind === "draid" ? (vdev.draidSpareDisks ?? 0) : 0));
}

/** Share of the raw bytes that is left for blocks of the given size. */
export function efficiency(vdev: VdevSizes, blockBytes = RECORD): number {
  const { kind, parity } = shapes[vdev.type];
  const width = vdev.sizes.length;
  if (kind === "raidz") return blockBytes / raidzBlockBytes(blockBytes, width, parity);
  if (kind !== "draid") return 1;
  const data = Math.min(vdev.draidDataDisks ?? 8, width - parity - (vdev.draidSpareDisks ?? 0));
  const stripes = Math.ceil(blockBytes / (data * SECTOR));
  return blockBytes / (stripes * (data + parity) * SECTOR);
}

/** Bytes that ZFS keeps back: 1/32, at most 128 GiB, at least 128 MiB but never more than half. */
function slop(bytes: number): number {
  return Math.max(Math.min(bytes / 32, 128 * GIB), Math.min(bytes / 2, GIB / 8));
}

/** Bytes for datasets in a pool with these data vdevs, by ZFS's own reckoning of 128 KiB records at ashift 12. */
export function usablePoolBytes(vdevs: readonly VdevSizes[]): number {
  const space = vdevs.reduce((sum, vdev) => sum + rawVdevBytes(vdev) * efficiency(vdev), 0);
  return Math.floor(space - slop(space));
}

const INDIRECT_BLOCK = 128 * 1024;
const POINTERS_PER_INDIRECT = 1024;
const BASE_INDIRECTS = 7;
const METADATA_COPIES = 2;

/** Bytes that a thick volume reserves: its data as stored at its block size, and the tree of pointers above it. */
export function volumeReservation(volsize: number, blockBytes: number, vdevs: readonly VdevSizes[]): number {
  const inflation = Math.max(1, ...vdevs.map((vdev) => efficiency(vdev) / efficiency(vdev, blockBytes)));
  let indirects = BASE_INDIRECTS;
  for (let blocks = Math.ceil(volsize / blockBytes); blocks > 1; blocks = Math.ceil(blocks / POINTERS_PER_INDIRECT))
    indirects += Math.ceil(blocks / POINTERS_PER_INDIRECT);
  return Math.ceil(volsize * inflation) + indirects * METADATA_COPIES * INDIRECT_BLOCK;
}
