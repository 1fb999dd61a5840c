import { formatPath } from "../problem.ts";
import { virtualMachinesOf } from "../virtual-machines.ts";
import type { Check } from "./check.ts";
import { hypervisorsOf } from "./hypervisors.ts";
import { repeated } from "./repeated.ts";

/** Every card of a host is named once. */
export const oneNamePerDevice: Check = {
  rule: "one-name-per-device",
  find: ({ site }) =>
    hypervisorsOf(site).flatMap(({ proxmox, path }) => {
      const devices = Object.entries(proxmox.devices).map(([name, { address }]) => {
        return { address, path: [...path, "devices", name, "address"] };
      });
      return repeated(devices, ({ address }) => slotOf(address)).map(({ first, again }) => ({
        path: again.path,
        says: `${again.address} is also ${formatPath(first.path)}`,
        allowed: "the address of a card that has no other name",
        remedy: "read the addresses again with npm run inspect",
      }));
    }),
};

/** A card belongs to one machine: two on one controller destroy what is on its disks. */
export const deviceIsClaimedOnce: Check = {
  rule: "device-is-claimed-once",
  find: ({ site }) => {
    const claims = virtualMachinesOf(site).flatMap(({ name, host, hardware, hardwarePath }) =>
      (hardware?.devices ?? []).map((device, at) => ({ name, host, device, path: [...hardwarePath, "devices", at] })),
    );
    return repeated(claims, ({ host, device }) => `${host} ${device}`).map(({ first, again }) => ({
      path: again.path,
      value: again.device,
      says: `${again.device} is given to ${again.name}, but ${first.name === again.name ? "it" : first.name} has it already`,
      allowed: "a device that no other machine has",
      remedy: "leave it to one machine; two on one controller destroy what is on its disks",
    }));
  },
};

/** What a host boots from stays with the host. */
export const bootDisksStay: Check = {
  rule: "boot-disks-stay",
  find: ({ site }) =>
    virtualMachinesOf(site).flatMap(({ name, host, hardware, hardwarePath }) => {
      const { devices = {}, bootDisks = [] } = site.hosts[host]?.proxmox ?? {};
      return (hardware?.devices ?? []).flatMap((device, at) => {
        const address = devices[device]?.address;
        const behind = bootDisks.find(({ controller }) => address && slotOf(controller) === slotOf(address));
        if (!behind) return [];
        return [
          {
            path: [...hardwarePath, "devices", at],
            value: device,
            says: `${device} would take along ${behind.serial}, from which ${host} boots`,
            allowed: "a controller without the host's own disks",
            remedy: `move the boot disks to another controller, or do not give ${device} to ${name}`,
          },
        ];
      });
    }),
};

/** The slot of an address: all functions of a card go together. */
function slotOf(address: string): string {
  return address.replace(/[.]\d$/, "");
}
