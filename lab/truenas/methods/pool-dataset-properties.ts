import { PROPERTIES, SHORT_NAMES } from "../zfs/property-table.ts";
import { blockSizeBytes } from "../zfs/sizes.ts";

/** What a call wants of one property: a value in ZFS's spelling, or null to let go of the local one. */
export interface Change {
  readonly kind: "native" | "user";
  readonly key: string;
  readonly value: string | null;
}

const limits = new Set(["quota", "refquota", "reservation", "refreservation"]);

/** Properties for which "INHERIT" is a word of the API; for the others it would be an ordinary value. */
const inheritableOnUpdate = new Set(
  [
    "aclmode",
    "acltype",
    "atime",
    "checksum",
    "sync",
    "compression",
    "deduplication",
    "exec",
    "managedby",
    "copies",
    "snapdir",
  ].concat(
    ["snapdev", "readonly", "recordsize", "special_small_block_size"],
    ["quota_warning", "quota_critical", "refquota_warning", "refquota_critical"],
  ),
);

function nativeValue(api: string, value: unknown): string | null {
  if (limits.has(api)) return value === null || value === 0 ? null : String(value);
  if (api === "recordsize" || api === "volblocksize") return String(blockSizeBytes(String(value)));
  return String(value).toLowerCase();
}

/** The changes that the known fields of a create or update call ask for. */
export function requestedChanges(data: Readonly<Record<string, unknown>>, mode: "create" | "update"): Change[] {
  const inherits = (api: string) => data[api] === "INHERIT" && (mode === "create" || inheritableOnUpdate.has(api));
  const native = PROPERTIES.filter((spec) => data[spec.api] !== undefined).map((spec): Change => {
    const value = inherits(spec.api) ? null : nativeValue(spec.api, data[spec.api]);
    return { kind: "native", key: spec.zfs, value };
  });
  const user = Object.entries(SHORT_NAMES).flatMap(([api, key]): Change[] => {
    if (data[api] === undefined) return [];
    return [{ kind: "user", key, value: inherits(api) ? null : String(data[api]) }];
  });
  return [...native, ...user, ...aclInheritance(data, mode)];
}

// Whoever sets the ACL type also decides how ACLs are inherited; on update POSIX ACLs drag DISCARD along.
function aclInheritance({ acltype }: Readonly<Record<string, unknown>>, mode: "create" | "update"): Change[] {
  const native = (key: string, value: string | null): Change => ({ kind: "native", key, value });
  if (acltype === "NFSV4") return [native("aclinherit", "passthrough")];
  if (acltype !== "POSIX" && acltype !== "OFF") return [];
  return mode === "create"
    ? [native("aclinherit", "discard")]
    : [native("aclmode", "discard"), native("aclinherit", "discard")];
}

/** Properties with the changes applied: set, or taken away where the change lets go. */
export function changed(
  properties: Readonly<Record<string, string>>,
  changes: readonly Change[],
): Record<string, string> {
  const result: Record<string, string> = { ...properties };
  for (const { key, value } of changes) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}
