import type { SiteYaml } from "./site-yaml.ts";

/** `Kind name` of everything that the YAML of a site declares on a Proxmox host, sorted. */
export function declaredMachines(site: SiteYaml, host: string): string[] {
  const { proxmox, addresses = {} } = site.hosts[host] ?? {};
  if (!proxmox) return [];
  const machines = Object.entries(site.appliances).filter(([, appliance]) => appliance.host === host && appliance.vm);
  const accounts = ["Acl acl", "RoleLegacy Homelab", "Token token", "UserLegacy homelab@pve"];
  const carried = (network: string) =>
    Object.entries(proxmox.bridges).find(([, { networks }]) => networks.includes(network));
  const vlans = Object.keys(addresses).flatMap((network) => {
    const tag = site.networks[network]?.vlan;
    return tag === 1 ? [] : [`Vlan ${carried(network)?.[0]}.${tag}`];
  });
  const images = machines.map(([, { vm }]) => site.images?.[String(vm?.["installer"])]?.url.split("/").at(-1));

  return [
    ...accounts.map((object) => object.replace(" ", ` ${host}/`)),
    ...Object.keys(proxmox.bridges).map((name) => `Bridge ${host}/${name}`),
    ...vlans.map((object) => object.replace(" ", ` ${host}/`)),
    ...Object.keys(proxmox.devices).map((name) => `Pci ${name}`),
    ...(proxmox.preparation ? [`Command ${host}/preparation`] : []),
    ...new Set(images.map((file) => `File ${host}/${file}`)),
    ...machines.map(([name]) => `VmLegacy ${name}`),
  ].sort();
}
