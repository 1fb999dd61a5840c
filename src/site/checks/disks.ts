import { fingerprint } from "../../../truenas/index.ts";
import { formatPath, type PathPart } from "../problem.ts";
import { formatSize } from "../sizes.ts";
import { poolsOf, serialsOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { repeated } from "./repeated.ts";
import { vdevsOf } from "./vdevs.ts";

/** No disk is used twice. */
export const uniqueDisks: Check = {
  rule: "unique-disks",
  find: ({ site }) => {
    const disks = poolsOf(site).flatMap((at) => {
      const { spares } = at.spec.topology;
      const inVdevs = vdevsOf(at).flatMap(({ vdev, path }) => serials(vdev.disks, path));
      return [...inVdevs, ...serials(spares?.disks ?? [], [...at.path, "topology", "spares"])];
    });

    return repeated(disks, ({ serial }) => serial).map(({ first, again }) => ({
      path: again.path,
      says: `${again.serial} is also ${formatPath(first.path)}`,
      allowed: "a disk that nothing else uses",
      remedy: "read the serial numbers again; each disk has its own",
    }));
  },
};

function serials(disks: readonly string[], path: readonly PathPart[]) {
  return disks.map((serial, at) => ({ serial, path: [...path, "disks", at] }));
}

/** A hot spare can stand in for any data disk. */
export const spareFitsDisks: Check = {
  rule: "spare-fits-disks",
  find: ({ site }) =>
    poolsOf(site).flatMap(({ spec: { topology }, path: top }) => {
      const { data, spares } = topology;
      const largest = Math.max(...data.map(({ diskSize }) => diskSize));
      if (spares === undefined || spares.diskSize >= largest) return [];

      const path = [...top, "topology", "spares", "diskSize"];
      const says = `a spare of ${formatSize(spares.diskSize)} cannot replace a disk of ${formatSize(largest)}`;
      return [
        { path, says, allowed: `${formatSize(largest)} or more`, remedy: "use a spare as large as the data disks" },
      ];
    }),
};

/** A confirmation to create a pool names exactly the pool's disks (ADR-0006). */
export const createConfirmsDisks: Check = {
  rule: "create-confirms-disks",
  find: ({ site, intact }) =>
    poolsOf(site).flatMap(({ spec, path: top }) => {
      const disks = serialsOf(spec);
      const expected = fingerprint(disks);
      if (spec.create === undefined || spec.create === expected || !intact([...top, "topology"])) return [];

      const path = [...top, "create"];
      const says = `"${spec.create}" does not confirm these ${disks.length} disks`;
      const remedy = `check the serial numbers, then write create: "${expected}"; remove the line where the pool exists`;
      return [{ path, says, allowed: "the fingerprint of the disks listed, or no line", remedy }];
    }),
};
