import { flagAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { isStorageMachine } from "./virtual-machines.ts";

/** Making the machine again starts with every pool exported and every consumer cut off. */
export const storageVmIsProtected: Rule = {
  name: "storage-vm-is-protected",
  description: "A machine with passed-through disks must be protected against replacement and deletion.",
  source: "D4 §6, ADR-0027",
  remedy: "set the resource option `protect` and the property `protection`",
  severity: "critical",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine) {
    if (!isStorageMachine(machine)) return [];
    const engine = machine.waits || machine.protect !== false ? [] : ["the engine"];
    const missing = [...engine, ...(flagAt(machine.props, "protection") ? [] : ["Proxmox"])];
    if (missing.length === 0) return [];
    return [
      `drives disks of its host and must be protected against replacement and deletion by ${missing.join(" and ")}`,
    ];
  },
};
