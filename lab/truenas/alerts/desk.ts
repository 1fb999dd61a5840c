import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Member, Surroundings } from "../surroundings.ts";
import type { Dialect } from "../versions.ts";

/** What it takes to find and tell alerts: a method's context has it, and so has whoever keeps the diary. */
export interface Desk {
  /** The appliance's host name. */
  readonly host: string;
  readonly state: ApplianceState;
  readonly clock: Clock;
  readonly dialect: Dialect;
  readonly surroundings: Pick<Surroundings, "post">;
  call(method: string, ...params: unknown[]): Promise<unknown>;
}

/** The desk of an appliance, for whoever is none of its methods. */
export function deskOf({ name, state, dialect, call }: Member, surroundings: Surroundings): Desk {
  return { host: name, state, dialect, call, clock: surroundings.clock, surroundings };
}
