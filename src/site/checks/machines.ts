import { formatPath, type PathPart } from "../problem.ts";
import type { Site } from "../site.ts";
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
    ...Object.entries(site.clusters).flatMap(([cluster, { nodes }]) =>
      Object.keys(nodes).map((name) => ({ name, machine: `node ${name}`, path: ["clusters", cluster, "nodes", name] })),
    ),
  ];
}

/** No two virtual machines share an id, on whichever host they run: they may move. */
export const uniqueVmIds: Check = {
  rule: "unique-vm-ids",
  find: ({ site }) => {
    const appliances = appliancesOf(site).map(({ spec, path }) => ({ vmId: spec.vmId, path: [...path, "vmId"] }));
    const nodes = Object.entries(site.clusters).flatMap(([cluster, { nodes }]) =>
      Object.entries(nodes).map(([name, { vmId }]) => ({ vmId, path: ["clusters", cluster, "nodes", name, "vmId"] })),
    );
    const machines = [...appliances, ...nodes].flatMap(({ vmId, path }) =>
      vmId === undefined ? [] : [{ vmId, path }],
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
    appliancesOf(site).flatMap(({ spec, path: top }) => {
      const kind = site.hosts[spec.host]?.kind;
      const path = [...top, "vmId"];
      if (kind === "proxmox" && !written.declares(...path)) {
        const says = `is missing, but ${spec.host} runs its machines on Proxmox`;
        return [{ path, says, allowed: "the id of the virtual machine", remedy: "add vmId" }];
      }
      if (kind === undefined || kind === "proxmox" || spec.vmId === undefined) return [];
      const says = `${spec.vmId} is an id on Proxmox, but ${spec.host} is ${kind}`;
      return [{ path, says, allowed: "no vmId", remedy: "remove the line, or name the Proxmox host" }];
    }),
};

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
