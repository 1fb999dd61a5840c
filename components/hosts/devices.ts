import type { hardware } from "@muhlba91/pulumi-proxmoxve";
import type { Device } from "../../src/site/index.ts";

/** The mapping of one card of a host: another card in its place does not start the machine that has it. */
export function mappingArgs(node: string, name: string, device: Device): hardware.mapping.PciArgs {
  const { address: path, id, subsystem, iommuGroup, comment } = device;
  const map = {
    node,
    path,
    id,
    ...(subsystem ? { subsystemId: subsystem } : {}),
    ...(iommuGroup === undefined ? {} : { iommuGroup }),
  };
  return { name, maps: [map], ...(comment ? { comment } : {}) };
}
