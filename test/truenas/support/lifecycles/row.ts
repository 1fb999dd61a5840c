import type { Deed } from "../lifecycle.ts";
import type { Values } from "../plugin.ts";

/** Somebody updates the row of the object. */
export const row =
  (namespace: string) =>
  (change: Values): Deed =>
  (site, rowId) =>
    site.appliance.call(`${namespace}.update`, rowId, change);
