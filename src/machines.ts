import type * as pulumi from "@pulumi/pulumi";
import { imageOf } from "../components/hosts/images.ts";
import type { ProxmoxHost } from "../components/hosts/proxmox-host.ts";
import { InfrastructureVm } from "../components/machines/infrastructure-vm.ts";
import { StorageVm } from "../components/machines/storage-vm.ts";
import { type Site, virtualMachinesOf } from "./site/index.ts";

type Hosts = ReadonlyMap<string, ProxmoxHost>;

/** The virtual machine of an appliance; undefined where this program does not make it. */
export function storageVm(appliance: string, site: Site, hosts: Hosts): pulumi.Resource | undefined {
  const { host: on = "", vm } = site.appliances[appliance] ?? {};
  const host = hosts.get(on);
  const machine = virtualMachinesOf(site).find(({ kind, name }) => kind === "storage" && name === appliance);
  const image = vm && site.images[vm.installer];
  if (!host || !vm || !image || !machine) return undefined;

  return new StorageVm(appliance, { host, machine, hardware: vm, installer: imageOf(image) }).machine;
}

/** The virtual machines for infrastructure of a site. */
export function infrastructureVms(site: Site, hosts: Hosts): void {
  for (const machine of virtualMachinesOf(site).filter(({ kind }) => kind === "infrastructure")) {
    const spec = site.machines[machine.name];
    const image = spec && site.images[spec.image];
    const host = hosts.get(machine.host);
    if (spec && image && host) new InfrastructureVm(machine.name, { host, machine, spec, image: imageOf(image) });
  }
}
