import { carriedTasks, leftOut } from "../carried.ts";
import { hoursOf } from "../lifetimes.ts";
import type { Schedule } from "../schedules.ts";
import type { Offsite, Replication, Site } from "../site.ts";
import { isWithin } from "../walk.ts";
import { isBlocks, type Volume } from "./volumes.ts";

/** Something that carries data away from where it lies. */
export interface Carrier {
  /** Its name in the site. */
  readonly name: string;
  readonly tier: "replication" | "offsite" | "external";
  /** Whether it copies files, rather than what ZFS holds. */
  readonly files: boolean;
  readonly source: { readonly appliance: string; readonly dataset: string };
  readonly recursive: boolean;
  /** Datasets below that it leaves out, pool first. */
  readonly exclude: readonly string[];
  /** When it runs; right after the snapshots when left out, or whenever its own program does. */
  readonly schedule?: Schedule;
  /** The tier whose snapshots it carries; every tier when left out. */
  readonly snapshots?: string;
  /** How long what it carries of each snapshot tier is kept, in seconds. */
  readonly kept: Readonly<Record<string, number>>;
  /** How many states are kept. */
  readonly keep?: number;
  readonly to:
    | { readonly appliance: string; readonly dataset: string }
    | { readonly host: string; readonly path: string }
    | { readonly provider: string; readonly bucket: string; readonly folder?: string };
  /** What carries it, in the site's word. */
  readonly method: string;
}

const BY_HAND: readonly string[] = ["syncthing", "rsync", "client"];

/** Everything in a site that carries data away. */
export function carriersOf(site: Site): Carrier[] {
  return [
    ...Object.entries(site.replications).flatMap(([name, spec]) => replicationCarrier(name, spec, site)),
    ...Object.entries(site.offsites).map(([name, spec]) => offsiteCarrier(name, spec, site)),
  ];
}

function replicationCarrier(name: string, spec: Replication, site: Site): Carrier[] {
  const { source, target, method, tier, schedule, recursive } = spec;
  const to =
    target.appliance !== undefined && target.dataset !== undefined
      ? { appliance: target.appliance, dataset: target.dataset }
      : { host: target.host ?? "", path: target.path ?? "" };
  return [
    {
      name,
      tier: BY_HAND.includes(method) ? "external" : "replication",
      files: method !== "zfs",
      source,
      recursive,
      exclude: leftOut(site, spec),
      ...(schedule === undefined ? {} : { schedule }),
      ...(tier === undefined ? {} : { snapshots: tier }),
      kept: method === "zfs" ? keptByTier(spec, site) : {},
      to,
      method,
    },
  ];
}

function keptByTier(spec: Replication, site: Site): Record<string, number> {
  return Object.fromEntries(carriedTasks(site, spec).map(({ tier, kept }) => [tier, hoursOf(kept) * 3600]));
}

function offsiteCarrier(name: string, spec: Offsite, site: Site): Carrier {
  const { source, method, cloud, bucket, folder, schedule, keep } = spec;
  const provider = site.clouds[cloud]?.provider ?? cloud;
  return {
    name,
    tier: BY_HAND.includes(method) ? "external" : "offsite",
    files: true,
    source,
    recursive: true,
    exclude: [],
    schedule,
    kept: {},
    ...(keep === undefined ? {} : { keep }),
    to: { provider, bucket, ...(folder === undefined ? {} : { folder }) },
    method,
  };
}

/** How a carrier stands to some data: it takes it along, leaves it out, or does not come by at all. */
export type Reach = "carries" | "excludes" | "misses-made" | "misses-blocks" | "elsewhere";

/** A dataset somewhere: the data's home, or where a copy of it lies. */
export interface Spot {
  readonly appliance: string;
  /** The whole path, pool first. */
  readonly path: string;
}

/** How a carrier stands to some data where it, or a copy of it, lies. */
export function reachOf(
  { source, recursive, exclude, files }: Carrier,
  { appliance, path }: Spot,
  volume: Volume,
): Reach {
  if (source.appliance !== appliance || !isWithin(path, source.dataset)) return "elsewhere";
  if (path !== source.dataset && !recursive) return "elsewhere";
  if (exclude.some((left) => isWithin(path, left))) return "excludes";
  if (files && isBlocks(volume)) return "misses-blocks";
  return volume.made !== undefined && !recursive ? "misses-made" : "carries";
}
