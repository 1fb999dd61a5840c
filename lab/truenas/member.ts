import type { FaultPlan } from "./fault-plan.ts";
import type { Mains } from "./mains.ts";
import { liveAddresses } from "./network/interface-rows.ts";
import { applyInterfaces } from "./network/staged-interfaces.ts";
import { generateKeyPair } from "./ssh-server.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import type { Member } from "./surroundings.ts";

/** What an appliance is, as far as its world is concerned. */
export interface MemberParts extends Pick<Member, "name" | "hostKey" | "hostnames" | "dialect" | "call"> {
  readonly state: ApplianceState;
  readonly faults: FaultPlan;
  readonly mains: Mains;
}

/** An appliance as its world sees it. */
export function memberOf({ mains, ...parts }: MemberParts): Member {
  const { state } = parts;
  return {
    ...parts,
    get addresses() {
      return liveAddresses(state);
    },
    get hostKey() {
      return parts.faults.take("foreignHostKey") === undefined ? parts.hostKey : generateKeyPair().public;
    },
    get powered() {
      return mains.powered;
    },
    get reachable() {
      return mains.reachable;
    },
    powerOff: () => mains.off(),
    powerOn: () => {
      // What was changed and never committed is in the database all the same, and a start goes by that.
      applyInterfaces(state);
      return mains.on();
    },
  };
}
