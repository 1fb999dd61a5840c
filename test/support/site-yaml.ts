import { writtenSite } from "./stack-site.ts";

/** A site as it is written, as far as stories read and change it. */
export interface SiteYaml {
  networks: Record<string, { cidr: string; vlan: number; gateway?: string }>;
  hosts: Record<string, { state: string; reason?: string; addresses?: Record<string, string>; proxmox?: ProxmoxYaml }>;
  images?: Record<string, { url: string }>;
  machines?: Record<string, { host: string; image: string }>;
  clusters?: Record<string, ClusterYaml>;
  snapshotTiers?: Record<string, { lifetime: string }>;
  appliances: Record<string, ApplianceYaml>;
  alerts?: { mail?: { to: string[] }; slack?: object; syslog?: object };
  monitoring?: { smartTests?: Record<string, string> };
  replications?: Record<string, ReplicationYaml>;
  offsites?: Record<string, { source: DataYaml; method: string; onDestroy?: string }>;
  restoreTests?: Record<string, unknown>;
  configurationCopies?: { certificate: string; confirmed?: string; appliances: Record<string, { dataset: string }> };
  waivers?: unknown[];
}

interface DataYaml {
  appliance: string;
  dataset: string;
}

export interface ReplicationYaml {
  source: DataYaml;
  target: { appliance?: string; dataset?: string };
  method?: string;
  lifetime?: string;
}

export interface ApplianceYaml {
  host: string;
  vmId?: number;
  vm?: Record<string, unknown>;
  addresses?: Record<string, string>;
  services?: string[];
  listens?: Record<string, string[]>;
  receives?: { user?: string; home: string };
  ssh?: { hostKey?: string };
  pools: Record<string, PoolYaml>;
}

export interface ClusterYaml {
  distribution: "talos" | "k3s";
  version: string;
  image?: string;
  endpoint?: string;
  nodes: Record<string, { host: string; vmId: number; role: string; address: string; extensions?: string[] }>;
}

export interface ProxmoxYaml {
  bridges: Record<string, { networks: string[]; confirmed: string; mtu?: number }>;
  devices: Record<string, unknown>;
  storages?: object;
  backups?: object;
  preparation?: object;
}

export interface PoolYaml {
  scrub?: object;
  onDestroy?: string;
  datasets?: Record<string, DatasetYaml>;
  zvols?: Record<string, DatasetYaml>;
}

export interface DatasetYaml {
  quota?: string;
  onDestroy?: string;
  properties?: Record<string, unknown>;
  permissions?: object;
  snapshots?: { tier: string }[];
  access?: {
    nfs?: { networks: string[]; as: { user: string; group: string }; readOnly?: boolean };
    smb?: { name: string; networks: string[]; readOnly?: boolean };
    csi?: { protocol: string };
    iscsi?: { target: string };
  };
}

/** The whole site of a stack file, as plain data that a story may change. */
export function wholeSiteOf(stack: string): SiteYaml {
  return writtenSite(stack) as SiteYaml;
}

/** The site of a stack file without the machines below the data: a story about storage need not wait for them. */
export function siteOf(stack: string): SiteYaml {
  const { images, machines, clusters, ...site } = wholeSiteOf(stack);
  for (const host of Object.values(site.hosts)) delete host.proxmox;
  for (const appliance of Object.values(site.appliances)) delete appliance.vm;
  return site;
}

/** One dataset of a site. */
export function datasetIn(site: SiteYaml, appliance: string, pool: string, name: string): DatasetYaml {
  const dataset = site.appliances[appliance]?.pools[pool]?.datasets?.[name];
  if (!dataset) throw new Error(`the site has no dataset ${appliance}/${pool}/${name}`);
  return dataset;
}

/** Takes a dataset out of a site. */
export function removeDataset(site: SiteYaml, appliance: string, pool: string, name: string): void {
  datasetIn(site, appliance, pool, name);
  delete site.appliances[appliance]?.pools[pool]?.datasets?.[name];
}
