import { type Ceiling, promisedBytes, rawBytes, usableBytes } from "../../truenas/index.ts";
import type { PoolSpec, Site, Topology } from "./site.ts";
import { formatSize } from "./sizes.ts";
import { poolsOf } from "./walk.ts";

/** What a pool holds and what has been promised from it, in bytes. */
export interface CapacityRow {
  readonly appliance: string;
  readonly pool: string;
  /** Data vdevs in words: `3 x 7-wide RAIDZ2, 900 GB`. */
  readonly layout: string;
  /** All data disks together. */
  readonly raw: number;
  /** What datasets can use, by OpenZFS allocation (ADR-0002). */
  readonly usable: number;
  /** What the site's plan says the pool can hold; absent where it says nothing. */
  readonly stated?: number;
  /** Quotas and zvols that the site's plan states, nested ones counted once. */
  readonly committed: number;
  /** The same with the quotas that a decision record added (ADR-0003). */
  readonly committedWithAdded: number;
  /** `committed` in percent of `usable`. */
  readonly percent: number;
  /** `committedWithAdded` in percent of `usable`. */
  readonly percentWithAdded: number;
}

/** What each pool of a site holds and what has been promised from it. */
export function capacityTable(site: Site): CapacityRow[] {
  return poolsOf(site).map(({ appliance, pool, spec }) => {
    const usable = usableBytes(spec.topology);
    const committed = promisedBytes(ceilings(spec, false));
    const committedWithAdded = promisedBytes(ceilings(spec, true));

    return {
      appliance,
      pool,
      layout: layoutOf(spec.topology),
      raw: rawBytes(spec.topology),
      usable,
      ...(spec.plannedUsable === undefined ? {} : { stated: spec.plannedUsable }),
      committed,
      committedWithAdded,
      percent: (committed / usable) * 100,
      percentWithAdded: (committedWithAdded / usable) * 100,
    };
  });
}

function ceilings({ datasets, zvols }: PoolSpec, withAdded: boolean): Ceiling[] {
  const quotas = Object.entries(datasets).flatMap(([path, { quota, quotaDecidedBy }]) =>
    quota !== undefined && (withAdded || quotaDecidedBy === undefined) ? [{ path, bytes: quota }] : [],
  );
  return [...quotas, ...Object.entries(zvols).map(([path, zvol]) => ({ path, bytes: zvol.size }))];
}

function layoutOf({ data }: Topology): string {
  const kinds = data.map(({ type, disks, diskSize }) => `${disks.length}-wide ${type}, ${formatSize(diskSize)}`);
  return [...new Set(kinds)].map((kind) => `${kinds.filter((other) => other === kind).length} x ${kind}`).join(" + ");
}
