import type { ApplianceAddress, Environment } from "../truenas/inspect.ts";
import type { DeclaredAppliance } from "./declared/stack.ts";

/** How appliances are reached. */
export interface Way {
  readonly environment: Environment;
  /** SSH private keys by name of the appliance; not needed where endpoints are given. */
  readonly privateKeys: ReadonlyMap<string, string>;
}

/** Where an appliance is entered, and with what. */
export function entryTo({ name, address }: DeclaredAppliance, { privateKeys }: Way): ApplianceAddress {
  const privateKey = privateKeys.get(name);

  return { ...address, ...(privateKey ? { privateKey } : {}) };
}
