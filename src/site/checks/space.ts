import { usableBytes } from "../../../truenas/index.ts";
import { formatSize } from "../sizes.ts";
import { ancestorsOf, isWithin, type PoolAt, poolsOf } from "../walk.ts";
import type { Check } from "./check.ts";

const BLOCK_UNIT = 1024;
const GIB = 1024 ** 3;

/** A dataset may not grow beyond what holds it. */
export const quotaWithinParent: Check = {
  rule: "quota-within-parent",
  find: ({ site }) =>
    poolsOf(site).flatMap((at) =>
      Object.entries(at.spec.datasets).flatMap(([name, { quota }]) => {
        const parent = nearestQuota(at, ancestorsOf(name));
        if (quota === undefined || parent === undefined || quota <= parent.quota) return [];

        const path = [...at.path, "datasets", name, "quota"];
        const limit = formatSize(parent.quota);
        const says = `${formatSize(quota)} are above the quota of ${parent.name}, ${limit}`;
        return [{ path, says, allowed: `at most ${limit}`, remedy: `lower it, or raise the quota of ${parent.name}` }];
      }),
    ),
};

/** Space that is kept free fits under every quota above it. */
export const reservationWithinQuota: Check = {
  rule: "reservation-within-quota",
  find: ({ site }) =>
    poolsOf(site).flatMap((at) =>
      Object.entries(at.spec.datasets).flatMap(([name, { quota }]) => {
        const needed = reserved(at, name);
        if (quota === undefined || needed <= quota) return [];

        const path = [...at.path, "datasets", name, "quota"];
        const says = `${formatSize(needed)} are reserved under a quota of ${formatSize(quota)}`;
        return [{ path, says, allowed: `${formatSize(needed)} or more`, remedy: "raise the quota, or reserve less" }];
      }),
    ),
};

/** Space that is kept free exists. */
export const reservationsFitPool: Check = {
  rule: "reservations-fit-pool",
  find: ({ site }) =>
    poolsOf(site).flatMap((at) => {
      const usable = usableBytes(at.spec.topology);
      const needed = topmost(at).reduce((sum, name) => sum + reserved(at, name), 0);
      if (needed <= usable) return [];

      const says = `${formatSize(needed)} are reserved, but the pool holds ${formatSize(usable)}`;
      const remedy = "reserve less; a zvol that is not sparse reserves its size";
      return [{ path: at.path, value: needed, says, allowed: `at most ${formatSize(usable)}`, remedy }];
    }),
};

/** A zvol consists of whole blocks and leaves a fifth of the space above it, as the middleware demands. */
export const zvolFits: Check = {
  rule: "zvol-fits",
  find: ({ site, intact }) =>
    poolsOf(site).flatMap((at) =>
      Object.entries(at.spec.zvols).flatMap(([name, { size, blockSize }]) => {
        const path = [...at.path, "zvols", name, "size"];
        const block = Number.parseInt(blockSize, 10) * BLOCK_UNIT;
        const space = nearestQuota(at, ancestorsOf(name))?.quota ?? usableBytes(at.spec.topology);
        const limit = Math.floor(0.8 * space);
        const gib = Math.max(1, Math.floor(size / GIB));

        if (size % block !== 0 && intact(path.slice(0, -1))) {
          const says = `${size} bytes are not a multiple of ${blockSize}`;
          return [{ path, says, allowed: `whole blocks of ${blockSize}`, remedy: `write ${gib} GiB` }];
        }
        if (size <= limit || size % block !== 0) return [];
        const says = `${formatSize(size)} is more than four fifths of the ${formatSize(space)} that hold it`;
        return [
          { path, says, allowed: `at most ${formatSize(limit)}`, remedy: "make it smaller, or give it more space" },
        ];
      }),
    ),
};

function nearestQuota({ spec }: PoolAt, names: readonly string[]) {
  const found = names.map((name) => ({ name, quota: spec.datasets[name]?.quota }));
  return found.find((at): at is { name: string; quota: number } => at.quota !== undefined);
}

function topmost({ spec }: PoolAt): string[] {
  return [...Object.keys(spec.datasets), ...Object.keys(spec.zvols)].filter((name) => !name.includes("/"));
}

/** Space that a dataset or zvol keeps free: its own reservation, or what it and its children need if that is more. */
function reserved(at: PoolAt, name: string): number {
  const dataset = at.spec.datasets[name];
  const zvol = at.spec.zvols[name];
  const thick = zvol !== undefined && !zvol.sparse ? zvol.size : 0;
  const own = Math.max(dataset?.refreservation ?? zvol?.refreservation ?? 0, thick);

  const all = [...Object.keys(at.spec.datasets), ...Object.keys(at.spec.zvols)];
  const children = all.filter((other) => other !== name && isWithin(other, name) && ancestorsOf(other)[0] === name);
  const below = children.reduce((sum, child) => sum + reserved(at, child), 0);
  return Math.max(dataset?.reservation ?? zvol?.reservation ?? 0, own + below);
}
