import type { Post } from "./alerts/post.ts";
import type { Clock } from "./clock.ts";
import type { Cloud } from "./cloud/cloud.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import type { Dialect } from "./versions.ts";

/** An appliance as its world and the other appliances in it see it. */
export interface Member {
  /** Host name; unique in a world. */
  readonly name: string;
  /** Addresses that it answers on. */
  readonly addresses: readonly string[];
  /** Names that its resolver knows, with their addresses. */
  readonly hostnames: ReadonlyMap<string, string>;
  /** `ssh-ed25519 AAAA…`: the key that its SSH server presents to other appliances. */
  readonly hostKey: string;
  /** True while it has power; without, nothing falls due on it. */
  readonly powered: boolean;
  /** True while it has power and its network is up. */
  readonly reachable: boolean;
  /** The release that it speaks like. */
  readonly dialect: Dialect;
  readonly state: ApplianceState;
  readonly faults: FaultPlan;
  /** Calls one of its middleware's methods as somebody in its GUI does. */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** Starts listening again after a time without power. */
  powerOn(): Promise<void>;
  /** Ends every connection, every job and all that only memory held. */
  powerOff(): Promise<void>;
}

/** What an appliance finds outside itself. */
export interface Surroundings {
  readonly clock: Clock;
  readonly cloud: Cloud;
  /** What appliances tell somebody outside the world. */
  readonly post: Post;
  /** The appliance that answers on an address, or undefined when none does. */
  at(address: string): Member | undefined;
  /** The appliance of that name, switched on or off. */
  member(name: string): Member | undefined;
}
