import type { PathPart } from "../problem.ts";
import { type PoolAt, poolsOf } from "../walk.ts";
import type { Check } from "./check.ts";

/** A vdev as the checks see it, whatever it is for. */
interface Vdev {
  readonly type: string;
  readonly disks: readonly string[];
}

const GROUPS = ["data", "log", "cache", "special", "dedup"] as const;

/** Disks that each type needs at least and takes at most; a RAIDZ wider than twelve takes too long to rebuild. */
const WIDTHS: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  STRIPE: { least: 1, most: 24 },
  MIRROR: { least: 2, most: 4 },
  RAIDZ1: { least: 3, most: 12 },
  RAIDZ2: { least: 4, most: 12 },
  RAIDZ3: { least: 5, most: 12 },
};

/** Every vdev of a pool and where it stands in the site. */
export function vdevsOf({ spec, path }: PoolAt): { vdev: Vdev; path: readonly PathPart[] }[] {
  return GROUPS.flatMap((group) =>
    (spec.topology[group] ?? []).map((vdev: Vdev, at) => ({ vdev, path: [...path, "topology", group, at] })),
  );
}

/** Every vdev has the disks that its type needs, and not more than can be rebuilt in time. */
export const vdevWidth: Check = {
  rule: "vdev-width",
  find: ({ site }) =>
    poolsOf(site)
      .flatMap(vdevsOf)
      .flatMap(({ vdev, path: top }) => {
        const { least, most } = WIDTHS[vdev.type] ?? { least: 1, most: 1 };
        const width = vdev.disks.length;
        if (width >= least && width <= most) return [];

        const path = [...top, "disks"];
        const says = `${vdev.type} of ${width} ${width === 1 ? "disk" : "disks"}`;
        const remedy = width < least ? "add disks, or choose another type" : "split it into several vdevs";
        return [{ path, says, allowed: `${least} to ${most} disks`, remedy }];
      }),
};

/** Vdevs for one purpose are of one type, as the middleware demands. */
export const oneVdevType: Check = {
  rule: "one-vdev-type",
  find: ({ site }) =>
    poolsOf(site).flatMap(({ spec, path }) =>
      GROUPS.flatMap((group) => {
        const vdevs: readonly Vdev[] = spec.topology[group] ?? [];
        const type = vdevs[0]?.type;

        return vdevs.flatMap((vdev, at) =>
          vdev.type === type
            ? []
            : [
                {
                  path: [...path, "topology", group, at, "type"],
                  says: `${vdev.type} stands beside ${type}`,
                  allowed: `${type}, as the first one of ${group}`,
                  remedy: "use one type, or make a second pool",
                },
              ],
        );
      }),
    ),
};
