import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { HIGHLY_AVAILABLE, VIRTUAL_MACHINE } from "../tokens.ts";
import { idOf, isStorageMachine } from "./virtual-machines.ts";

/** It cannot run where its disks are not; Proxmox would try, and fence the host. */
export const storageVmIsNotHighlyAvailable: Rule = {
  name: "storage-vm-is-not-highly-available",
  description: "A machine with passed-through disks must not be highly available.",
  source: "D4 §6, ADR-0027",
  remedy: "take the machine out of high availability",
  severity: "high",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine, stack) {
    if (!isStorageMachine(machine)) return [];
    const id = `vm:${idOf(machine)}`;
    const managed = stack
      .of(HIGHLY_AVAILABLE)
      .some(({ home, props }) => home === machine.home && textAt(props, "resourceId") === id);
    return managed ? ["drives disks of its host and must not be highly available"] : [];
  },
};
