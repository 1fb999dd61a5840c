import { isThere } from "./presence.ts";
import type { Cluster, Site } from "./site/index.ts";
import type { SiteSecret } from "./site-secret.ts";

/** The name of the secret that opens a Proxmox API, by the name of its host or cluster. */
export function proxmoxTokenOf(api: string): string {
  return `proxmoxToken-${api}`;
}

/** A token that opens nothing: the provider takes no connection without one, and a preview only makes plans with it. */
export const EXAMPLE_TOKEN = "made-up@pve!homelab=00000000-0000-0000-0000-000000000000";

/** The name of the secret that opens SSH of a host or an appliance. */
export function sshKeyOf(machine: string): string {
  return `sshKey-${machine}`;
}

/** The secrets that are needed to manage the hosts of a site that are there. */
export function hostSecretsOf(site: Site): SiteSecret[] {
  const managed = Object.entries(site.hosts).filter(([name, { proxmox }]) => proxmox && isThere(site, name));
  const apis = new Set(managed.map(([name, { proxmox }]) => proxmox?.cluster ?? name));

  const tokens = [...apis].map((api) => ({
    name: proxmoxTokenOf(api),
    purpose: `the token of the Proxmox API of ${api}, as user@realm!token=uuid`,
    example: EXAMPLE_TOKEN,
  }));
  const prepared = managed.filter(([, { proxmox }]) => proxmox?.preparation && proxmox.ssh.hostKey);
  const keys = prepared.map(([name]) => ({
    name: sshKeyOf(name),
    purpose: `the private SSH key of ${name}`,
    example: "made-up SSH key",
  }));
  const installed = Object.entries(site.clusters).filter(([, cluster]) => isInstalledHere(site, cluster));
  const clusters = installed.map(([name]) => ({
    name: sshKeyOf(name),
    purpose: `the private SSH key of the machines of ${name}`,
    example: "made-up SSH key",
  }));
  return [...tokens, ...keys, ...clusters];
}

/** Whether anything is installed over SSH on machines of a cluster. */
function isInstalledHere(site: Site, { distribution, nodes }: Cluster): boolean {
  const reached = Object.values(nodes).filter(
    ({ host, hostKey }) => hostKey && site.hosts[host]?.proxmox && isThere(site, host),
  );
  return distribution === "k3s" && reached.length > 0;
}
