import { networksSetting } from "../access/networks.ts";
import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CONTAINER, VIRTUAL_MACHINE } from "../tokens.ts";
import { vlansOf } from "./virtual-machines.ts";

/** Who is in that network can switch machines off and read their consoles. */
export const managementHoldsNoWorkloads: Rule = {
  name: "management-holds-no-workloads",
  description: "The management VLAN must hold no workloads.",
  source: "D4 Network Layer",
  remedy: "give the machine a network device in the VLAN of its purpose",
  severity: "high",
  weight: "always",
  configSchema: networksSetting(["management"]),
  judges: [VIRTUAL_MACHINE, CONTAINER],
  judge(machine, stack, settings) {
    const vlans = vlansOf(machine);
    const reached = textsAt(settings, "networks").filter((name) => {
      const vlan = stack.site?.networks[name]?.vlan;
      return vlan !== undefined && vlans.includes(vlan);
    });
    return reached.map((name) => `has an interface in the VLAN ${name} and must not`);
  },
};
