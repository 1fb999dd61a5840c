import { HostBackups } from "../components/hosts/host-backups.ts";
import type { ProxmoxHost } from "../components/hosts/proxmox-host.ts";
import type { TrueNas } from "../components/storage/true-nas.ts";
import type { StackConfig } from "./config.ts";
import { appliancePresence } from "./presence.ts";
import { machinesOn } from "./site/index.ts";

/** The scheduled backups of the machines of every host. */
export function hostBackups(
  { site }: StackConfig,
  hosts: ReadonlyMap<string, ProxmoxHost>,
  appliances: readonly TrueNas[],
): void {
  for (const [name, host] of hosts) {
    const { storages, backups } = host.proxmox;
    if (Object.keys(storages).length + Object.keys(backups).length === 0) continue;
    const vmIds = machinesOn(site, name).flatMap(({ name: machine, vmId }) =>
      vmId === undefined ? [] : [[machine, vmId]],
    );

    new HostBackups(name, {
      host,
      vmIds: Object.fromEntries(vmIds),
      storages: Object.fromEntries(
        Object.entries(storages).map(([id, { nfs, content }]) => [
          id,
          {
            server: serverFor(site.hosts[name]?.addresses ?? {}, site.appliances[nfs.appliance]?.addresses ?? {}),
            export: `/mnt/${nfs.dataset}`,
            contents: content,
            appliance: appliancePresence(site, nfs.appliance),
            after: appliances.find(({ label }) => label === nfs.appliance)?.serving ?? [],
          },
        ]),
      ),
    });
  }
}

type Addresses = Readonly<Record<string, string>>;

/** The appliance's address in a network in which the host has one too: the lowest VLAN first. */
function serverFor(host: Addresses, appliance: Addresses): string {
  const shared = Object.entries(appliance).find(([network]) => host[network] !== undefined);
  return shared?.[1] ?? Object.values(appliance)[0] ?? "";
}
