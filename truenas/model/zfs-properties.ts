import type { Properties } from "./property.ts";

const ON_OFF = ["ON", "OFF"] as const;
const GIB = 1024 ** 3;

/** Compression algorithms as the middleware spells them. */
export const COMPRESSION = [
  "ON",
  "OFF",
  "LZ4",
  "GZIP",
  "GZIP-1",
  "GZIP-9",
  "ZSTD",
  "ZSTD-FAST",
  "ZLE",
  "LZJB",
  ...(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const).map((n) => `ZSTD-${n}` as const),
  ...(["11", "12", "13", "14", "15", "16", "17", "18", "19"] as const).map((n) => `ZSTD-${n}` as const),
  ...(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const).map((n) => `ZSTD-FAST-${n}` as const),
  ...(["20", "30", "40", "50", "60", "70", "80", "90", "100", "500", "1000"] as const).map(
    (n) => `ZSTD-FAST-${n}` as const,
  ),
] as const;

/** Checksum algorithms as the middleware spells them. */
export const CHECKSUM = [
  "ON",
  "OFF",
  "FLETCHER2",
  "FLETCHER4",
  "SHA256",
  "SHA512",
  "SKEIN",
  "EDONR",
  "BLAKE3",
] as const;

const threshold = (of: string, fallback: number) =>
  ({
    kind: "integer",
    doc: `Percent of the ${of} at which TrueNAS raises an alert; 0 disables it, unset or INHERIT follows the parent (${fallback}).`,
    inheritable: true,
    min: 0,
    max: 100,
  }) as const;

/** ZFS properties that datasets and zvols share. */
export const commonZfsProperties = {
  comments: {
    kind: "string",
    doc: "Free text shown in the TrueNAS interface.",
    default: "",
    maxLength: 1024,
    rule: "notInheritText",
  },
  compression: { kind: "enum", doc: "Compression algorithm.", values: COMPRESSION, inheritable: true },
  sync: {
    kind: "enum",
    doc: "When synchronous writes reach stable storage.",
    values: ["STANDARD", "ALWAYS", "DISABLED"],
    inheritable: true,
  },
  readonly: { kind: "enum", doc: "Refuses every write.", values: ON_OFF, inheritable: true },
  deduplication: { kind: "enum", doc: "Block deduplication.", values: ["ON", "VERIFY", "OFF"], inheritable: true },
  checksum: { kind: "enum", doc: "Checksum algorithm.", values: CHECKSUM, inheritable: true },
  copies: { kind: "integer", doc: "Copies of each block, 1 to 3.", min: 1, max: 3, inheritable: true },
  reservation: {
    kind: "integer",
    doc: "Bytes kept free for it and its descendants; 0 is none.",
    default: 0,
    min: 0,
    unit: "bytes",
  },
  refreservation: {
    kind: "integer",
    doc: "Bytes kept free for it without snapshots and descendants; 0 is none.",
    default: 0,
    min: 0,
    unit: "bytes",
  },
  userProperties: {
    kind: "map",
    doc: "ZFS user properties, `namespace:name` to text; only the keys stated here are managed.",
    values: { kind: "string", doc: "Text of at most 1024 characters.", maxLength: 1024 },
    keyRule: "userPropertyKey",
  },
  onDestroy: {
    kind: "enum",
    doc: "What taking it out of the program may do: `refuse` (default) never deletes it, `destroy` deletes it when it is empty.",
    values: ["refuse", "destroy"],
    default: "refuse",
    providerSide: true,
  },
  adopt: {
    kind: "boolean",
    doc: "Takes over and updates an object of this name that somebody else made, instead of refusing. Default false.",
    default: false,
    providerSide: true,
    hint: true,
  },
} as const satisfies Properties;

/** ZFS properties that only file systems have. */
export const filesystemProperties = {
  recordsize: {
    kind: "string",
    doc: "Largest block, a power of two from 512 to 16M, e.g. `128K` or `1M`.",
    rule: "recordSize",
    compare: "size",
    inheritable: true,
  },
  atime: { kind: "enum", doc: "Records the time of each read.", values: ON_OFF, inheritable: true },
  exec: { kind: "enum", doc: "Allows programs in it to be executed.", values: ON_OFF, inheritable: true },
  snapdir: {
    kind: "enum",
    doc: "Whether `.zfs/snapshot` is visible.",
    values: ["DISABLED", "VISIBLE", "HIDDEN"],
    inheritable: true,
  },
  aclmode: {
    kind: "enum",
    doc: "What chmod does to an ACL; must fit `acltype`.",
    values: ["PASSTHROUGH", "RESTRICTED", "DISCARD"],
    inheritable: true,
  },
  acltype: {
    kind: "enum",
    doc: "Kind of access control list; NFSV4 needs an `aclmode` other than DISCARD.",
    values: ["OFF", "NFSV4", "POSIX"],
    inheritable: true,
  },
  casesensitivity: {
    kind: "enum",
    doc: "Whether names differ by case; fixed at creation.",
    values: ["SENSITIVE", "INSENSITIVE"],
    default: "SENSITIVE",
    replaces: true,
  },
  shareType: {
    kind: "enum",
    doc: "Preset of ACL, case and atime settings applied at creation; fixed and not readable afterwards.",
    values: ["GENERIC", "MULTIPROTOCOL", "NFS", "SMB", "APPS"],
    replaces: true,
    writeOnly: true,
  },
  quota: {
    kind: "integer",
    doc: "Bytes that it and everything below may use; at least 1 GiB, 0 is none.",
    default: 0,
    min: GIB,
    zero: true,
    unit: "bytes",
  },
  refquota: {
    kind: "integer",
    doc: "Bytes that it may use without snapshots and descendants; at least 1 GiB, 0 is none.",
    default: 0,
    min: GIB,
    zero: true,
    unit: "bytes",
  },
  quotaWarning: threshold("quota", 80),
  quotaCritical: threshold("quota", 95),
  refquotaWarning: threshold("refquota", 80),
  refquotaCritical: threshold("refquota", 95),
} as const satisfies Properties;
