import type { SiteYaml } from "./site-yaml.ts";

/** `Kind name` of everything that the YAML of a site declares on a Proxmox host and of its machines there, sorted. */
export function declaredMachines(site: SiteYaml, host: string): string[] {
  const { proxmox, addresses = {} } = site.hosts[host] ?? {};
  if (!proxmox) return [];
  const appliances = Object.entries(site.appliances).filter(([, appliance]) => appliance.host === host && appliance.vm);
  const machines = Object.entries(site.machines ?? {}).filter(([, machine]) => machine.host === host);
  const { storages = {}, backups = {}, preparation } = proxmox;
  const onHost = [
    ...["Acl acl", "RoleLegacy Homelab", "Token token", "UserLegacy homelab@pve"],
    ...Object.keys(proxmox.bridges).map((name) => `Bridge ${name}`),
    ...Object.keys(addresses).flatMap((network) => vlanOf(site, host, network)),
    ...(preparation ? ["Command preparation"] : []),
    ...Object.keys(storages).map((name) => `Nfs ${name}`),
    ...Object.keys(backups).map((name) => `Job ${name}`),
    ...imagesOf(site, host).map((file) => `File ${file}`),
  ];

  return [
    ...onHost.map((object) => object.replace(" ", ` ${host}/`)),
    ...Object.keys(proxmox.devices).map((name) => `Pci ${name}`),
    ...[...appliances, ...machines].map(([name]) => `VmLegacy ${name}`),
    ...Object.values(site.clusters ?? {}).flatMap((cluster) => nodesOn(cluster, host)),
  ].sort();
}

/** `Kind name` of the steps that make one cluster of its machines, sorted. */
export function declaredClusters(site: SiteYaml): string[] {
  const steps = { talos: ["bootstrap", "health", "kubeconfig", "secrets"], k3s: ["health", "kubeconfig"] };
  return Object.entries(site.clusters ?? {})
    .flatMap(([name, { distribution }]) => [
      ...steps[distribution].map((step) => `Command ${name}/${step}`),
      ...(distribution === "k3s" ? [`RandomPassword ${name}/token`] : []),
    ])
    .sort();
}

type ClusterYaml = NonNullable<SiteYaml["clusters"]>[string];

function nodesOn({ distribution, nodes }: ClusterYaml, host: string): string[] {
  const step = { talos: "configuration", k3s: "k3s" }[distribution];
  return Object.entries(nodes)
    .filter(([, node]) => node.host === host)
    .flatMap(([name]) => [`VmLegacy ${name}`, `Command ${name}/${step}`]);
}

function vlanOf(site: SiteYaml, host: string, network: string): string[] {
  const bridges = Object.entries(site.hosts[host]?.proxmox?.bridges ?? {});
  const tag = site.networks[network]?.vlan;
  return tag === 1 ? [] : [`Vlan ${bridges.find(([, { networks }]) => networks.includes(network))?.[0]}.${tag}`];
}

function imagesOf(site: SiteYaml, host: string): string[] {
  const named = (image: unknown) => site.images?.[String(image)]?.url.split("/").at(-1) ?? "";
  const installers = Object.values(site.appliances).flatMap(({ host: on, vm }) =>
    on === host && vm ? named(vm["installer"]) : [],
  );
  const disks = Object.values(site.machines ?? {}).flatMap(({ host: on, image }) => (on === host ? named(image) : []));
  const nodes = Object.values(site.clusters ?? {}).flatMap(({ distribution, version, image, nodes: all }) =>
    Object.values(all).flatMap(({ host: on, extensions }) => {
      if (on !== host) return [];
      return distribution === "k3s" ? named(image) : `talos-${version}-${extensions ? GPU_SCHEMATIC : SCHEMATIC}.qcow2`;
    }),
  );
  return [...new Set([...installers, ...disks, ...nodes])];
}

/** The Image Factory's names of what the nodes run, as far as file names carry them. */
const SCHEMATIC = "88d1f7a5c4f1";
const GPU_SCHEMATIC = "583560d413df";
