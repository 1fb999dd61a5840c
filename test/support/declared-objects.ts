import type { ApplianceYaml, DatasetYaml, PoolYaml, SiteYaml } from "./site-yaml.ts";

/**
 * `Kind appliance/name` of every object of TrueNAS that the YAML of a site declares for an appliance, sorted: what lies on
 * it, and what others need to send copies to it.
 */
export function declaredObjects(site: SiteYaml, appliance: string): string[] {
  const spec: ApplianceYaml = site.appliances[appliance] ?? { host: "", pools: {} };
  const inPools = Object.entries(spec.pools).flatMap(([name, pool]) => objectsOf(name, pool));
  const served = (spec.services ?? []).map((service) => `Service ${service}`);
  const own = [...inPools, ...served, ...listening(site, spec), ...watching(site), ...leavingHouse(site, appliance)];

  return [...own.map((object) => object.replace(" ", ` ${appliance}/`)), ...coming(site, appliance)].sort();
}

/** The passwords of repositories that a site has made for an appliance, by appliance and name, sorted. */
export function declaredPasswords(site: SiteYaml, appliance: string): string[] {
  return repositories(site, appliance).map((name) => `${appliance}/${name}`);
}

function repositories({ offsites = {} }: SiteYaml, appliance: string): string[] {
  return Object.entries(offsites)
    .filter(([, { source, method }]) => source.appliance === appliance && method === "restic")
    .map(([name]) => name)
    .sort();
}

/** What carries copies out of the house, and the appliance's own configuration into one of its datasets. */
function leavingHouse(site: SiteYaml, appliance: string): string[] {
  return [
    ...repositories(site, appliance).flatMap((name) => [`CloudCredential offsite ${name}`, `CloudBackup ${name}`]),
    ...(site.configurationCopies?.appliances[appliance] ? ["CronJob configuration copy"] : []),
  ];
}

/** What brings copies to an appliance, whichever appliance it lies on; while a sender is away, it waits for that one. */
function coming(site: SiteYaml, appliance: string): string[] {
  const sent = Object.entries(site.replications ?? {}).flatMap(([name, { source, target, method = "zfs" }]) => {
    const [from, to] = [source.appliance, target.appliance ?? ""];
    return method === "zfs" && appliance === (isAway(site, from) ? from : to) ? [{ name, from, to }] : [];
  });
  const ways = [...new Map(sent.map((way) => [`${way.from} ${way.to}`, way])).values()].filter(
    ({ from, to }) => from !== to,
  );
  const accounts = new Set(ways.map(({ to }) => `User ${to}/${site.appliances[to]?.receives?.user ?? "replication"}`));

  return [
    ...sent.map(({ name, from }) => `ReplicationTask ${from}/${name}`),
    ...ways.flatMap(({ from, to }) => [`SshKeyPair ${from}/to ${to}`, `SshConnection ${from}/${to}`]),
    ...accounts,
  ];
}

function isAway({ hosts, appliances }: SiteYaml, appliance: string): boolean {
  return hosts[appliances[appliance]?.host ?? ""]?.state === "offline";
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
    ...(alerts.mail ? ["Mail mail"] : []),
    ...(alerts.mail?.to ?? []).map((email, at) => `AlertService E-Mail${at === 0 ? "" : ` to ${email}`}`),
    ...(alerts.slack ? ["AlertService Slack"] : []),
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
