import { numberAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { isStorageMachine } from "./virtual-machines.ts";

/** Devices write into memory directly, so it cannot be given back; a cache of the pools must not shrink at whim either. */
export const storageVmHasNoBallooning: Rule = {
  name: "storage-vm-has-no-ballooning",
  description: "A machine with passed-through disks must have all of its memory for itself.",
  source: "D4 §6, ADR-0027",
  remedy: "set `memory.floating` to 0",
  severity: "high",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine) {
    const floating = numberAt(machine.props, "memory", "floating") ?? 0;
    if (!isStorageMachine(machine) || floating === 0) return [];
    return [`drives disks of its host, balloons down to ${floating} MiB and must not`];
  },
};
