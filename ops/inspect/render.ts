import type { HostFacts } from "./host-facts.ts";

/** The lines of a site that an inspection can tell, ready to be pasted below `proxmox` of the host. */
export function renderFacts(host: string, { hostKey, cards, bootDisks }: HostFacts): string {
  const boots = new Set(bootDisks.map(({ controller }) => controller));
  const devices = cards
    .filter(({ address }) => !boots.has(address))
    .flatMap(({ address, id, subsystem, iommuGroup, name, kind }) => [
      `  ${host}-${address.replace("0000:", "").replaceAll(/[:.]/g, "-")}:`,
      `    kind: ${kind}`,
      `    address: "${address}"`,
      `    id: "${id}"`,
      ...(subsystem === "0000:0000" ? [] : [`    subsystem: "${subsystem}"`]),
      ...(iommuGroup < 0 ? ["    # no IOMMU group: the IOMMU is off"] : [`    iommuGroup: ${iommuGroup}`]),
      ...(name ? [`    comment: ${JSON.stringify(name)}`] : []),
    ]);
  const disks = bootDisks.map(({ serial, controller }) => `  - { serial: ${serial}, controller: "${controller}" }`);

  return [
    `ssh: { network: lan, hostKey: "${hostKey}" }`,
    "# Keep the cards that a machine is to have, and give them names.",
    "devices:",
    ...devices,
    "bootDisks:",
    ...disks,
    "",
    "# What the installer made is adopted once, before the first update:",
    `#   npm run pulumi -- import proxmoxve:network/linux/bridge:Bridge ${host}/vmbr0 ${host}:vmbr0`,
    "",
  ].join("\n");
}
