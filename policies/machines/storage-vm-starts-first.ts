import type { Judged } from "../judged.ts";
import { numberAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { consumersOn, isStorageMachine, nodeOf } from "./virtual-machines.ts";

/** After a power cut nobody is there to start things in order; and what starts first stops last. */
export const storageVmStartsFirst: Rule = {
  name: "storage-vm-starts-first",
  description: "A machine with passed-through disks must start before the machines that use it.",
  source: "D4 §6, ADR-0027",
  remedy: "give it the lowest `startup.order` of its host",
  severity: "high",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine, stack) {
    if (!isStorageMachine(machine)) return [];
    const own = orderOf(machine);
    if (own === undefined) return ["has no place in the start order of its host and must start first"];
    const earlier = consumersOn(nodeOf(machine), stack).filter((other) => (orderOf(other) ?? Number.MAX_VALUE) <= own);
    if (earlier.length === 0) return [];
    return [`starts no earlier than ${earlier.map(({ name }) => name).join(", ")} and must start first`];
  },
};

function orderOf(machine: Judged): number | undefined {
  return numberAt(machine.props, "startup", "order");
}
