/** How a property's raw text becomes `parsed` and `value` in a reply. */
export type Rendering = "flag" | "limit" | "size" | "block" | "count" | "word" | "text";

/** One native ZFS property. */
export interface PropertySpec {
  /** Name in the API. */
  readonly api: string;
  /** Name in ZFS. */
  readonly zfs: string;
  readonly on: "both" | "FILESYSTEM" | "VOLUME";
  /** Value where nobody set one, in ZFS's spelling. */
  readonly fallback: string;
  readonly inherits: boolean;
  readonly rendering: Rendering;
}

type Row = readonly [
  api: string,
  on: PropertySpec["on"],
  fallback: string,
  inherits: boolean,
  rendering: Rendering,
  zfs?: string,
];

const rows: readonly Row[] = [
  ["checksum", "both", "on", true, "flag"],
  ["compression", "both", "on", true, "word"],
  ["copies", "both", "1", true, "count"],
  ["deduplication", "both", "off", true, "word", "dedup"],
  ["readonly", "both", "off", true, "flag"],
  ["refreservation", "both", "0", false, "limit"],
  ["reservation", "both", "0", false, "limit"],
  ["snapdev", "both", "hidden", true, "word"],
  ["sync", "both", "standard", true, "word"],
  ["aclmode", "FILESYSTEM", "discard", true, "word"],
  ["acltype", "FILESYSTEM", "off", true, "word"],
  ["atime", "FILESYSTEM", "on", true, "flag"],
  ["casesensitivity", "FILESYSTEM", "sensitive", false, "word"],
  ["exec", "FILESYSTEM", "on", true, "flag"],
  ["quota", "FILESYSTEM", "0", false, "limit"],
  ["recordsize", "FILESYSTEM", "131072", true, "block"],
  ["refquota", "FILESYSTEM", "0", false, "limit"],
  ["snapdir", "FILESYSTEM", "hidden", true, "word"],
  ["special_small_block_size", "FILESYSTEM", "0", true, "text", "special_small_blocks"],
  ["xattr", "FILESYSTEM", "sa", true, "flag"],
  ["volblocksize", "VOLUME", "16384", false, "block"],
  ["volsize", "VOLUME", "0", false, "size"],
];

/** The native properties that the API shows, in the order of a reply. */
export const PROPERTIES: readonly PropertySpec[] = rows.map(([api, on, fallback, inherits, rendering, zfs]) => ({
  api,
  zfs: zfs ?? api,
  on,
  fallback,
  inherits,
  rendering,
}));

const byApiName = new Map(PROPERTIES.map((spec) => [spec.api, spec]));

/** The property of that API name; a name outside the table is a mistake in the simulator. */
export function property(api: string): PropertySpec {
  const spec = byApiName.get(api);
  if (spec === undefined) throw new Error(`no ZFS property is called ${api}`);
  return spec;
}

/** User properties that the API shows under a short name. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  comments: "org.freenas:description",
  quota_warning: "org.freenas:quota_warning",
  quota_critical: "org.freenas:quota_critical",
  refquota_warning: "org.freenas:refquota_warning",
  refquota_critical: "org.freenas:refquota_critical",
  managedby: "org.truenas:managedby",
};
