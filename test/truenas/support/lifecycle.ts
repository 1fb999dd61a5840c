import type { Values } from "./plugin.ts";
import type { Site } from "./site.ts";

/** Somebody changing one thing on the appliance behind the provider's back. */
export type Deed = (site: Site, rowId: unknown) => Promise<unknown>;

/** A resource with every property that can be stated, and what happens to it. */
export interface Lifecycle {
  readonly type: string;
  readonly title?: string;
  readonly id: string;
  /** What it stands on, besides a pool `tank` with some datasets; made by hand. */
  readonly ground?: readonly (readonly [method: string, ...params: unknown[]])[];
  readonly inputs: Values;
  /** Inputs that an import yields, where they are not the same. */
  readonly imported?: Values;
  /** Property path → somebody changes it on the appliance. */
  readonly drift: Readonly<Record<string, Deed>>;
  /** New values, each an update of its own. */
  readonly changes: Values;
  /** Names of what must stay although it is not required. */
  readonly kept?: readonly string[];
}
