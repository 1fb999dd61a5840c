import { networksSetting } from "../access/networks.ts";
import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { isStorageMachine, vlansOf } from "./virtual-machines.ts";

/** Storage traffic has a leg of its own, and people another. */
export const storageVmIsDualHomed: Rule = {
  name: "storage-vm-is-dual-homed",
  description: "A storage machine must have one interface in the storage VLAN and one in the LAN.",
  source: "D4 §6, ADR-0005",
  remedy: "give it a network device in each of the two VLANs",
  severity: "high",
  weight: "always",
  configSchema: networksSetting(["storage", "lan"]),
  judges: [VIRTUAL_MACHINE],
  judge(machine, stack, settings) {
    if (!isStorageMachine(machine)) return [];
    const vlans = vlansOf(machine);
    const missing = textsAt(settings, "networks").filter((name) => {
      const vlan = stack.site?.networks[name]?.vlan;
      return vlan !== undefined && !vlans.includes(vlan);
    });
    return missing.map((name) => `is a storage machine and must have an interface in the VLAN ${name}`);
  },
};
