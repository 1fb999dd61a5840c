import type { ApplianceYaml, DatasetYaml, PoolYaml, SiteYaml } from "./site-yaml.ts";

/** `Kind appliance/name` of every object that the YAML of a site declares on an appliance, sorted. */
export function declaredObjects(site: SiteYaml, appliance: string): string[] {
  const spec: ApplianceYaml = site.appliances[appliance] ?? { host: "", pools: {} };
  const inPools = Object.entries(spec.pools).flatMap(([name, pool]) => objectsOf(name, pool));
  const served = (spec.services ?? []).map((service) => `Service ${service}`);

  return [...inPools, ...served, ...listening(site, spec), ...watching(site)]
    .map((object) => object.replace(" ", ` ${appliance}/`))
    .sort();
}

/** Where services listen, and the way out. */
function listening({ networks }: SiteYaml, { addresses = {}, listens = {}, pools }: ApplianceYaml): string[] {
  const data = Object.values(pools).flatMap(({ datasets = {}, zvols = {} }) =>
    Object.values({ ...datasets, ...zvols }),
  );
  const driven = data.some(({ access }) => access?.csi?.protocol === "iscsi");
  const blocks = driven || data.some(({ access }) => access?.iscsi !== undefined);

  return [
    ...(listens["nfs"] ? ["NfsConfig nfs"] : []),
    ...(listens["smb"] ? ["SmbConfig smb"] : []),
    ...(listens["iscsi"] && blocks ? ["IscsiPortal storage"] : []),
    ...(listens["iscsi"] && driven ? ["IscsiInitiator csi"] : []),
    ...(Object.keys(addresses).some((network) => networks[network]?.gateway) ? ["NetworkConfig network"] : []),
  ];
}

/** How somebody is told what goes wrong. */
function watching({ alerts = {}, monitoring = {} }: SiteYaml): string[] {
  return [
    ...(alerts.syslog ? ["SystemAdvanced syslog"] : []),
    ...(alerts.mail || alerts.slack ? ["AlertPolicy classes"] : []),
    ...Object.keys(monitoring.smartTests ?? {}).map((test) => `CronJob SMART self-test, ${test}`),
  ];
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
    ...(access.iscsi
      ? ["Initiator", "Extent", "Target", "TargetExtent"].map((kind) => `Iscsi${kind} ${access.iscsi?.target}`)
      : []),
    ...(access.smb ? [`SmbShare ${access.smb.name}`] : []),
    ...snapshots.map(({ tier }) => `SnapshotTask ${path}@${tier}`),
  ];
}

/** `Kind appliance/name` of a resource; what waits has the kind that it waits to become. */
export function objectOf({ urn, type }: { readonly urn: string; readonly type: string }): string {
  return `${type.split(":").at(-1)} ${urn.split("::").slice(3).join("::")}`;
}
