import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import { ancestorsOf } from "./dataset-tree.ts";
import type { PropertySpec } from "./property-table.ts";

/** A property's value in effect and where it comes from. */
export interface Effective {
  readonly raw: string;
  readonly source: "LOCAL" | "RECEIVED" | "INHERITED" | "DEFAULT" | "NONE";
  /** The dataset that it is inherited from. */
  readonly from: string | null;
}

/** Properties fixed when the dataset is made; ZFS shows no source for them unless they have the default. */
const ONE_TIME = new Set(["casesensitivity", "volblocksize"]);

/** The native property in effect on a dataset. */
export function effective(state: ApplianceState, dataset: DatasetRow, spec: PropertySpec): Effective {
  const own = dataset.properties[spec.zfs];
  if (ONE_TIME.has(spec.zfs)) return oneTime(own ?? spec.fallback, spec);
  if (own !== undefined) return { raw: own, source: "LOCAL", from: null };
  const received = dataset.received?.native[spec.zfs];
  if (received !== undefined) return { raw: received, source: "RECEIVED", from: null };
  if (!spec.inherits) return { raw: spec.fallback, source: "DEFAULT", from: null };
  for (const ancestor of ancestorsOf(state, dataset.id)) {
    const value = ancestor.properties[spec.zfs] ?? ancestor.received?.native[spec.zfs];
    if (value !== undefined) return { raw: value, source: "INHERITED", from: ancestor.id };
  }
  return { raw: spec.fallback, source: "DEFAULT", from: null };
}

function oneTime(raw: string, spec: PropertySpec): Effective {
  return { raw, source: raw === spec.fallback && spec.zfs === "volblocksize" ? "DEFAULT" : "NONE", from: null };
}

/** The bytes of a limit such as `quota`; 0 means none. */
export function limitBytes(dataset: DatasetRow, name: "quota" | "refquota" | "reservation" | "refreservation"): number {
  return Number(dataset.properties[name] ?? dataset.received?.native[name] ?? 0);
}

/** Every user property in effect, the nearest dataset winning. */
export function userProperties(state: ApplianceState, dataset: DatasetRow): ReadonlyMap<string, Effective> {
  const found = new Map<string, Effective>();
  for (const ancestor of [...ancestorsOf(state, dataset.id)].reverse())
    for (const [key, raw] of Object.entries({ ...ancestor.received?.user, ...ancestor.userProperties }))
      found.set(key, { raw, source: "INHERITED", from: ancestor.id });
  for (const [key, raw] of Object.entries(dataset.received?.user ?? {}))
    found.set(key, { raw, source: "RECEIVED", from: null });
  for (const [key, raw] of Object.entries(dataset.userProperties)) found.set(key, { raw, source: "LOCAL", from: null });
  return found;
}
