import { matching } from "./names.ts";
import { text } from "./value.ts";

/** A PCI address as Proxmox writes it; without the function it stands for all functions of the slot. */
export const pciAddress = () =>
  text(
    matching({
      rule: "pci-address",
      noun: "a PCI address",
      allowed: "domain, bus, slot and function in lower-case hex, such as 0000:03:00.0",
      remedy: "read it with npm run inspect, or with lspci -D on the host",
      pattern: "^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}([.][0-7])?$",
    }),
  );

/** Vendor and device of a PCI card. */
export const pciId = () =>
  text(
    matching({
      rule: "pci-id",
      noun: "a PCI id",
      allowed: 'vendor and device as four hex digits each, in quotes, such as "1000:0072"',
      remedy: "read it with npm run inspect, or with lspci -nn on the host",
      pattern: "^[0-9a-f]{4}:[0-9a-f]{4}$",
    }),
  );

/** The address of a network card. */
export const macAddress = () =>
  text(
    matching({
      rule: "mac-address",
      noun: "the MAC address of one card",
      allowed: "six pairs of upper-case hex digits, the first one even, such as BC:24:11:00:01:2C",
      remedy: "leave the line out to have one made from the machine's id",
      pattern: "^[0-9A-F][02468ACE](:[0-9A-F]{2}){5}$",
    }),
  );

/** The name of a bridge of a host. */
export const bridgeName = matching({
  rule: "bridge-name",
  noun: "the name of a bridge",
  allowed: "1 to 10 letters, digits and _, a letter first, such as vmbr0",
  remedy: "use the name that the host shows under Network",
  pattern: "^[A-Za-z][A-Za-z0-9_]{0,9}$",
});

/** The name of a network card of a host. */
export const portName = matching({
  rule: "port-name",
  noun: "the name of a network card",
  allowed: "1 to 15 letters, digits and _ or a dot, a letter first, such as eno1",
  remedy: "use the name that the host shows under Network",
  pattern: "^[A-Za-z][A-Za-z0-9_.]{0,14}$",
});

/** The fingerprint that confirms something as it is written. */
export const confirmation = () =>
  text(
    matching({
      rule: "confirmation-format",
      noun: "a fingerprint",
      allowed: "the 12 hex digits that confirm exactly what is written, in quotes",
      remedy: "copy the line from the message that asks for it",
      pattern: "^[0-9a-f]{12}$",
    }),
  );
