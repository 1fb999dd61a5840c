import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_MACHINE } from "../tokens.ts";
import { deviceName, devicesOf } from "./virtual-machines.ts";

/** An address names whatever sits in the slot today; a mapping fails when it is another card. */
export const passThroughUsesMapping: Rule = {
  name: "pass-through-uses-mapping",
  description: "Devices must be passed through by a mapping, not by their address.",
  source: "D4 §6, ADR-0027",
  remedy: "make a hardware mapping of the device and name it",
  severity: "high",
  weight: "always",
  judges: [VIRTUAL_MACHINE],
  judge(machine) {
    const raw = devicesOf(machine).filter((device) => textAt(device, "mapping") === undefined);
    return raw.map((device) => `takes the device ${deviceName(device)} by its address and must use a mapping`);
  },
};
