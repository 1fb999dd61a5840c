import { promisedBytes, usableBytes } from "../../../truenas/index.ts";
import type { DatasetSpec, PoolSpec, Site, ZvolSpec } from "../site.ts";
import { ancestorsOf, datasetsOf, isWithin, zvolsOf } from "../walk.ts";
import type { Waits } from "./dataset-plan.ts";

/** A dataset or zvol, as the plan looks at it. */
export interface Volume {
  readonly appliance: string;
  readonly pool: string;
  /** The whole path, pool first. */
  readonly path: string;
  readonly kind: "dataset" | "zvol";
  readonly spec: DatasetSpec | ZvolSpec;
  /** What a cluster's driver makes below it; the data then lies in volumes that the site does not name. */
  readonly made?: "nfs" | "iscsi";
}

/** Every dataset and zvol of a site. */
export function volumesOf(site: Site): Volume[] {
  const datasets = datasetsOf(site).map(({ appliance, pool, name, spec }): Volume => {
    const made = spec.access.csi?.protocol;
    return { appliance, pool, path: `${pool}/${name}`, kind: "dataset", spec, ...(made ? { made } : {}) };
  });
  const zvols = zvolsOf(site).map(
    ({ appliance, pool, name, spec }): Volume => ({ appliance, pool, path: `${pool}/${name}`, kind: "zvol", spec }),
  );
  return [...datasets, ...zvols];
}

/** Whether its data is blocks, which nothing that copies files sees. */
export function isBlocks({ kind, made }: Volume): boolean {
  return kind === "zvol" || made === "iscsi";
}

/** Whether what it holds is kept for other data, which has its home elsewhere. */
export function isCopy({ spec }: Volume): boolean {
  return spec.owner === "backup-nas";
}

/** Most that it can hold: its size or quota, else what its children may, else the next quota above, else its pool. */
export function bytesOf({ appliance, pool, path, spec }: Volume, site: Site): number {
  if ("size" in spec) return spec.size;
  const own = spec.quota ?? spec.refquota;
  if (own !== undefined) return own;
  const poolSpec = site.appliances[appliance]?.pools[pool];
  if (poolSpec === undefined) return 0;
  const name = path.slice(pool.length + 1);

  return childrensBytes(name, poolSpec) || quotaAbove(name, poolSpec) || usableBytes(poolSpec.topology);
}

function childrensBytes(name: string, { datasets, zvols }: PoolSpec): number {
  const quotas = Object.entries(datasets).flatMap(([path, { quota }]) =>
    path !== name && isWithin(path, name) && quota !== undefined ? [{ path, bytes: quota }] : [],
  );
  const sizes = Object.entries(zvols).flatMap(([path, { size }]) =>
    isWithin(path, name) ? [{ path, bytes: size }] : [],
  );
  return promisedBytes([...quotas, ...sizes]);
}

function quotaAbove(name: string, { datasets }: PoolSpec): number | undefined {
  return ancestorsOf(name)
    .map((above) => datasets[above]?.quota)
    .find((quota) => quota !== undefined);
}

/** Why what lies on an appliance waits: its machine is not there, or its system is not installed. */
export function applianceWaits(appliance: string, site: Site): Waits | undefined {
  const { host, installed = true } = site.appliances[appliance] ?? {};
  return waitsFor(host, site) ?? (installed ? undefined : { host: appliance, state: "not-installed" });
}

/** Why what lies on a machine waits; undefined where the machine is there. */
export function waitsFor(host: string | undefined, site: Site): Waits | undefined {
  const state = host === undefined ? undefined : site.hosts[host]?.state;
  if (host === undefined || (state !== "offline" && state !== "not-installed")) return undefined;
  return { host, state };
}
