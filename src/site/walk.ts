import type { PathPart } from "./problem.ts";
import type { Appliance, DatasetSpec, PoolSpec, Site, ZvolSpec } from "./site.ts";

/** An appliance and where it stands in the site. */
export interface ApplianceAt {
  readonly appliance: string;
  readonly spec: Appliance;
  readonly path: readonly PathPart[];
}

/** A pool and where it stands in the site. */
export interface PoolAt {
  readonly appliance: string;
  readonly pool: string;
  readonly spec: PoolSpec;
  readonly path: readonly PathPart[];
}

/** A dataset or zvol and where it stands in the site. */
interface VolumeAt<S> {
  readonly appliance: string;
  readonly pool: string;
  /** Path below the pool. */
  readonly name: string;
  readonly spec: S;
  readonly path: readonly PathPart[];
}

/** A dataset and where it stands in the site. */
export type DatasetAt = VolumeAt<DatasetSpec>;
/** A zvol and where it stands in the site. */
export type ZvolAt = VolumeAt<ZvolSpec>;

/** Every appliance of a site. */
export function appliancesOf(site: Site): ApplianceAt[] {
  return Object.entries(site.appliances).map(([appliance, spec]) => ({
    appliance,
    spec,
    path: ["appliances", appliance],
  }));
}

/** Every pool of a site. */
export function poolsOf(site: Site): PoolAt[] {
  return appliancesOf(site).flatMap(({ appliance, spec, path }) =>
    Object.entries(spec.pools).map(([pool, poolSpec]) => ({
      appliance,
      pool,
      spec: poolSpec,
      path: [...path, "pools", pool],
    })),
  );
}

/** Every dataset of a site. */
export function datasetsOf(site: Site): DatasetAt[] {
  return poolsOf(site).flatMap((at) => volumes(at, "datasets", at.spec.datasets));
}

/** Every zvol of a site. */
export function zvolsOf(site: Site): ZvolAt[] {
  return poolsOf(site).flatMap((at) => volumes(at, "zvols", at.spec.zvols));
}

function volumes<S>(
  { appliance, pool, path }: PoolAt,
  kind: string,
  specs: Readonly<Record<string, S>>,
): VolumeAt<S>[] {
  return Object.entries(specs).map(([name, spec]) => ({ appliance, pool, name, spec, path: [...path, kind, name] }));
}

/** The paths above a path, nearest first: `a/b/c` gives `a/b` and `a`. */
export function ancestorsOf(name: string): string[] {
  const parts = name.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join("/"));
}

/** Whether a path lies at or below another one. */
export function isWithin(name: string, top: string): boolean {
  return name === top || name.startsWith(`${top}/`);
}

/** Serial numbers of all disks of a pool, data first. */
export function serialsOf({ topology }: PoolSpec): string[] {
  const { data, log = [], cache = [], special = [], dedup = [], spares } = topology;
  return [...[data, log, cache, special, dedup].flat().flatMap((vdev) => vdev.disks), ...(spares?.disks ?? [])];
}
