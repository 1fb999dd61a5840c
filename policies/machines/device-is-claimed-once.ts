import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { deviceName, devicesOf, nodeOf, passedDisksOf } from "./virtual-machines.ts";

/** Two machines on one controller, or on one disk, destroy what is on it. */
export const deviceIsClaimedOnce: Rule = {
  name: "device-is-claimed-once",
  description: "No device and no disk may be passed through twice.",
  source: "D4 §6, ADR-0027",
  remedy: "leave it to one machine",
  severity: "critical",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine, stack) {
    const claims = stack.once(claimsByDevice);
    return claimedBy(machine).flatMap((device, at, own) => {
      const first = claims.get(key(machine, device))?.[0];
      const again = own.indexOf(device) < at;
      if (!first || (first === machine && !again)) return [];
      return [`takes ${device}, which ${again ? "it has already" : `${first.name} has`}, and must not`];
    });
  },
};

function claimsByDevice(stack: Stack): ReadonlyMap<string, readonly Judged[]> {
  const claims = new Map<string, Judged[]>();
  for (const machine of stack.known([VIRTUAL_MACHINE], (known) => claimedBy(known).length > 0)) {
    for (const device of claimedBy(machine)) {
      const at = key(machine, device);
      claims.set(at, [...(claims.get(at) ?? []), machine]);
    }
  }
  return claims;
}

function claimedBy(machine: Judged): string[] {
  const disks = passedDisksOf(machine).map((disk) => textAt(disk, "pathInDatastore") ?? "");
  return [...devicesOf(machine).map(deviceName), ...disks];
}

function key(machine: Judged, device: string): string {
  return `${nodeOf(machine)} ${device}`;
}
