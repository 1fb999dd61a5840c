import { virtualMachinesOf } from "../virtual-machines.ts";
import type { Check } from "./check.ts";
import { hypervisorsOf } from "./hypervisors.ts";

/** What drives the disks starts before everything that uses them, and so stops after it. */
export const storageStartsFirst: Check = {
  rule: "storage-starts-first",
  find: ({ site }) => {
    const machines = virtualMachinesOf(site).filter(({ hardware }) => hardware !== undefined);
    return machines
      .filter(({ kind }) => kind === "storage")
      .flatMap((storage) => {
        const { order } = storage.startup;
        const earlier = machines.filter(
          ({ host, kind, startup }) => host === storage.host && kind !== "storage" && startup.order <= order,
        );
        if (earlier.length === 0) return [];
        const lowest = Math.min(...earlier.map(({ startup }) => startup.order));
        return [
          {
            path: [...storage.hardwarePath, "startup", "order"],
            value: order,
            says: `${storage.name} is number ${order}, but ${earlier.map(({ name, startup }) => `${name} is ${startup.order}`).join(", ")}`,
            allowed:
              lowest > 1 ? `${lowest - 1} or less` : `a number below that of every other machine of ${storage.host}`,
            remedy: "let the storage machine start first, so that it stops last",
          },
        ];
      });
  },
};

/** A backup of the storage machine does not lie on what that machine serves. */
export const backupLeavesStorage: Check = {
  rule: "backup-leaves-storage",
  find: ({ site }) =>
    hypervisorsOf(site).flatMap(({ proxmox, path }) =>
      Object.entries(proxmox.backups).flatMap(([job, { storage, machines }]) => {
        const serving = proxmox.storages[storage]?.nfs.appliance;
        const at = serving === undefined ? -1 : machines.indexOf(serving);
        if (serving === undefined || at < 0) return [];
        return [
          {
            path: [...path, "backups", job, "machines", at],
            says: `${serving} would be backed up onto ${storage}, which it serves itself`,
            allowed: "machines other than the one that serves the storage",
            remedy: `give ${serving} a job of its own on a storage of the host`,
          },
        ];
      }),
    ),
};

/** A machine that this program makes lies on a host that it manages. */
export const machineHasHypervisor: Check = {
  rule: "machine-has-hypervisor",
  find: ({ site }) =>
    virtualMachinesOf(site)
      .filter(({ host, hardware }) => hardware && site.hosts[host] && !site.hosts[host].proxmox)
      .map(({ name, host, hardwarePath }) => ({
        path: hardwarePath,
        value: host,
        says: `${name} is to be made on ${host}, on which nothing is managed`,
        allowed: "a host with proxmox",
        remedy: `describe proxmox of ${host}, or name another host`,
      })),
};
