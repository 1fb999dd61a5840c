import { describe, expect, test } from "vitest";
import { promisedBytes, rawBytes, usableBytes } from "../../../truenas/model/capacity.ts";

const TB = 1e12;
const disks = (count: number) => Array.from({ length: count }, (_, at) => `D${at}`);
const vdev = (type: string, count: number, diskSize: number) => ({ type, disks: disks(count), diskSize });

describe("usable space of a pool", () => {
  const pools = [
    { name: "fast", data: [1, 2, 3].map(() => vdev("RAIDZ2", 7, 0.9 * TB)), raw: 18.9, usable: 12.46 },
    { name: "bulk", data: [vdev("RAIDZ2", 6, 8 * TB)], raw: 48, usable: 31.86 },
    { name: "scratch", data: [vdev("RAIDZ1", 6, 3 * TB)], raw: 18, usable: 14.26 },
    { name: "backup", data: [vdev("RAIDZ2", 11, 3 * TB)], raw: 33, usable: 25.01 },
    { name: "a mirror", data: [vdev("MIRROR", 2, 1 * TB)], raw: 2, usable: 0.97 },
    { name: "a stripe", data: [vdev("STRIPE", 2, 1 * TB)], raw: 2, usable: 1.94 },
  ];

  test.each(pools)("$name: $raw TB raw leave $usable TB", ({ data, raw, usable }) => {
    expect(Number((rawBytes({ data }) / TB).toFixed(2))).toBe(raw);
    expect(Number((usableBytes({ data }) / TB).toFixed(2))).toBe(usable);
  });

  test("a vdev without disk sizes counts as nothing", () => {
    expect(usableBytes({ data: [{ type: "RAIDZ2", disks: disks(6) }] })).toBe(0);
  });
});

test("a child's ceiling is part of its parent's", () => {
  const promised = promisedBytes([
    { path: "bulk/backups", bytes: 2 * TB },
    { path: "bulk/backups/forgejo", bytes: 0.5 * TB },
    { path: "bulk/kubernetes/nfs-dynamic", bytes: 10 * TB },
    { path: "bulk/backups-old", bytes: 1 * TB },
  ]);

  expect(promised).toBe(13 * TB);
});
