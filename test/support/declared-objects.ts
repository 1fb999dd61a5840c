import type { DatasetYaml, PoolYaml, SiteYaml } from "./site-yaml.ts";

/** `Kind appliance/name` of every object that the YAML of a site declares on an appliance, sorted. */
export function declaredObjects(site: SiteYaml, appliance: string): string[] {
  const { services = [], pools } = site.appliances[appliance] ?? { pools: {} };
  const inPools = Object.entries(pools).flatMap(([name, pool]) => objectsOf(name, pool));
  const served = services.map((service) => `Service ${service}`);

  return [...inPools, ...served].map((object) => object.replace(" ", ` ${appliance}/`)).sort();
}

/** What one site declares and the next does not: `Kind appliance/name`, sorted. */
export function leaving(before: SiteYaml, after: SiteYaml): string[] {
  const objects = (site: SiteYaml) => Object.keys(site.appliances).flatMap((label) => declaredObjects(site, label));
  const left = new Set(objects(after));
  return objects(before)
    .filter((object) => !left.has(object))
    .sort();
}

function objectsOf(pool: string, { scrub, datasets = {}, zvols = {} }: PoolYaml): string[] {
  return [
    `Pool ${pool}`,
    ...(scrub ? [`ScrubTask ${pool}`] : []),
    ...Object.entries(datasets).flatMap(([name, spec]) => [
      `Dataset ${pool}/${name}`,
      ...aroundData(`${pool}/${name}`, spec),
    ]),
    ...Object.entries(zvols).flatMap(([name, spec]) => [
      `Zvol ${pool}/${name}`,
      ...aroundData(`${pool}/${name}`, spec),
    ]),
  ];
}

function aroundData(path: string, { permissions, snapshots = [], access = {} }: DatasetYaml): string[] {
  return [
    ...(permissions ? [`FilesystemAcl ${path}`] : []),
    ...(access.nfs ? [`NfsShare ${path}`] : []),
    ...(access.smb ? [`SmbShare ${access.smb.name}`] : []),
    ...snapshots.map(({ tier }) => `SnapshotTask ${path}@${tier}`),
  ];
}

/** `Kind appliance/name` of a resource; what waits has the kind that it waits to become. */
export function objectOf({ urn, type }: { readonly urn: string; readonly type: string }): string {
  return `${type.split(":").at(-1)} ${urn.split("::").slice(3).join("::")}`;
}
