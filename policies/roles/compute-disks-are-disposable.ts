import { backupStorageOf, dataDisksOf, isStorageMachine } from "../machines/virtual-machines.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";

/** Disks of a hypervisor die with it; the disk that a machine boots from can be made again. */
export const computeDisksAreDisposable: Rule = {
  name: "compute-disks-are-disposable",
  description:
    "In a nas-centric site a machine's disks must hold disposable data, or be backed up to the NAS on a schedule.",
  source: "D1 §3, D1 §6, ADR-0001",
  remedy: "move the data to the NAS, or back the machine up to a storage of the NAS by a scheduled job",
  severity: "high",
  weight: "by-phase",
  model: "nas-centric",
  judges: [VIRTUAL_MACHINE],
  judge(machine, stack) {
    if (isStorageMachine(machine)) return [];
    const disks = dataDisksOf(machine);
    if (disks.length === 0) return [];
    if (backupStorageOf(machine, stack) === undefined) {
      return [`keeps data on ${disks.map(({ slot }) => slot).join(", ")} and must have a scheduled backup on the NAS`];
    }
    const left = disks.filter(({ backedUp }) => !backedUp);
    return left.map(({ slot }) => `leaves ${slot} out of its backup and must include it`);
  },
};
