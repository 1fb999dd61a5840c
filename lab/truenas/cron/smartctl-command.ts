import type { SmartTest } from "../methods/disk.ts";
import type { Command } from "./command.ts";

/** Lists the disks, takes the device of each line, and starts a test of each. */
const ALL_DISKS = /^smartctl --scan \| cut -d ['"] ['"] -f ?1 \| xargs -n ?1 smartctl -t (short|long)$/;

/** Self-tests of all disks by `smartctl` itself, as every release has it; they are started, and not waited for. */
export const smartctlCommand: Command = {
  recognises: (line) => ALL_DISKS.test(line),
  run: ({ state, clock }, line) => {
    const type = ALL_DISKS.exec(line)?.[1]?.toUpperCase() === "LONG" ? "LONG" : "SHORT";
    const disks = state.disks.values();
    for (const { serial } of disks) state.table<SmartTest>("smartTests").put(serial, { serial, type, at: clock.time });

    return { status: 0, output: disks.map(() => "Testing has begun.\n").join("") };
  },
};
