import { formatPath, type PathPart } from "../problem.ts";
import type { Site } from "../site.ts";
import { virtualMachinesOf } from "../virtual-machines.ts";
import { appliancesOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { repeated } from "./repeated.ts";

/** Which machine an appliance is: a virtual one of its own on Proxmox, its host elsewhere. */
export function machineOf(site: Site, appliance: string): string {
  const host = site.appliances[appliance]?.host;
  return host === undefined || site.hosts[host]?.kind === "proxmox" ? `appliance ${appliance}` : `host ${host}`;
}

/** No two machines share a host name; a bare-metal appliance may go by its host's, since they are one machine. */
export const uniqueHostNames: Check = {
  rule: "unique-host-names",
  find: ({ site }) =>
    repeated(machinesOf(site), ({ name }) => name)
      .filter(({ first, again }) => first.machine !== again.machine)
      .map(({ first, again }) => ({
        path: again.path,
        value: again.name,
        says: `${again.name} is also ${formatPath(first.path)}`,
        allowed: "a host name that no other machine has",
        remedy: "rename one of the two",
      })),
};

function machinesOf(site: Site): { name: string; machine: string; path: readonly PathPart[] }[] {
  return [
    ...Object.keys(site.hosts).map((name) => ({ name, machine: `host ${name}`, path: ["hosts", name] })),
    ...appliancesOf(site).map(({ appliance, path }) => {
      return { name: appliance, machine: machineOf(site, appliance), path };
    }),
    ...Object.keys(site.machines).map((name) => ({ name, machine: `machine ${name}`, path: ["machines", name] })),
    ...Object.entries(site.clusters).flatMap(([cluster, { nodes }]) =>
      Object.keys(nodes).map((name) => ({ name, machine: `node ${name}`, path: ["clusters", cluster, "nodes", name] })),
    ),
  ];
}

/** No two virtual machines share an id, on whichever host they run: they may move. */
export const uniqueVmIds: Check = {
  rule: "unique-vm-ids",
  find: ({ site }) => {
    const machines = virtualMachinesOf(site).flatMap(({ vmId, path }) =>
      vmId === undefined ? [] : [{ vmId, path: [...path, "vmId"] }],
    );

    return repeated(machines, ({ vmId }) => vmId).map(({ first, again }) => ({
      path: again.path,
      says: `${again.vmId} is also ${formatPath(first.path)}`,
      allowed: "an id that no other virtual machine of the site has",
      remedy: "give one of the two another id",
    }));
  },
};

/** A virtual machine on Proxmox has an id there; nothing else has. */
export const vmIdFitsHost: Check = {
  rule: "vm-id-fits-host",
  find: ({ site, written }) =>
    [...appliancesOn(site), ...managedNodes(site)].flatMap(({ host, vmId, path: top }) => {
      const kind = site.hosts[host]?.kind;
      const path = [...top, "vmId"];
      if (kind === "proxmox" && !written.declares(...path)) {
        const says = `is missing, but ${host} runs its machines on Proxmox`;
        return [{ path, says, allowed: "the id of the virtual machine", remedy: "add vmId" }];
      }
      if (kind === undefined || kind === "proxmox" || vmId === undefined) return [];
      const says = `${vmId} is an id on Proxmox, but ${host} is ${kind}`;
      return [{ path, says, allowed: "no vmId", remedy: "remove the line, or name the Proxmox host" }];
    }),
};

interface OnHost {
  readonly host: string;
  readonly vmId: number | undefined;
  readonly path: readonly PathPart[];
}

function appliancesOn(site: Site): OnHost[] {
  return appliancesOf(site).map(({ spec: { host, vmId }, path }) => ({ host, vmId, path }));
}

/** Nodes of clusters on hosts where this program makes the machines. */
function managedNodes(site: Site): OnHost[] {
  return virtualMachinesOf(site).filter(({ path, host }) => path[0] === "clusters" && site.hosts[host]?.proxmox);
}

/** Who turns a machine off says why. */
export const hostStateHasReason: Check = {
  rule: "host-state-has-reason",
  find: ({ site, written }) =>
    Object.entries(site.hosts).flatMap(([name, { state }]) => {
      const path = ["hosts", name, "reason"];
      if (state === "online" || written.declares(...path)) return [];
      const says = `is missing, but the host is ${state}`;
      return [{ path, says, allowed: "a few words", remedy: "say what the host is waiting for" }];
    }),
};
