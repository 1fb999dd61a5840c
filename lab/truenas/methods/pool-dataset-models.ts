import { absent, bool, defaulted, int, type Kind, literal, nullable, type Of, str } from "../middleware/kinds.ts";
import { list, model, partial, union } from "../middleware/models.ts";
import { CHECKSUMS, encryptionOptions } from "./pool-models.ts";

const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_unused, index) => from + index * step);

/** Every compression that ZFS on the appliance knows. */
export const COMPRESSIONS = [
  ...["ON", "OFF", "LZ4", "GZIP", "GZIP-1", "GZIP-9", "ZSTD", "ZSTD-FAST", "ZLE", "LZJB"],
  ...range(1, 19).map((level) => `ZSTD-${level}`),
  ...[...range(1, 10), ...range(20, 100, 10), 500, 1000].map((level) => `ZSTD-FAST-${level}`),
];

const GIB = 1024 ** 3;
const onOff = literal("ON", "OFF", "INHERIT");
const inherit = literal("INHERIT");
const percent = defaulted(union(int({ ge: 0, le: 100 }), inherit), "INHERIT");
const limit: Kind<number | null> = union(int({ ge: GIB }), { ...nullable(literal(0)), label: "literal[0,None]" });

/** A user property: its key must have a namespace. */
export const userProperty = model("PoolDatasetCreateUserProperty", { key: str({ pattern: ".*:.*" }), value: str() });

const common = {
  name: str({ min: 1 }),
  comments: defaulted(str(), "INHERIT"),
  sync: defaulted(literal("STANDARD", "ALWAYS", "DISABLED", "INHERIT"), "INHERIT"),
  snapdev: absent(literal("HIDDEN", "VISIBLE", "INHERIT")),
  compression: defaulted(literal(...COMPRESSIONS, "INHERIT"), "INHERIT"),
  exec: defaulted(onOff, "INHERIT"),
  managedby: defaulted(str({ min: 1 }), "INHERIT"),
  quota_warning: percent,
  quota_critical: percent,
  refquota_warning: percent,
  refquota_critical: percent,
  reservation: absent(int()),
  refreservation: absent(int()),
  special_small_block_size: absent(union(int(), inherit)),
  copies: defaulted(union(int(), inherit), "INHERIT"),
  snapdir: defaulted(literal("DISABLED", "VISIBLE", "HIDDEN", "INHERIT"), "INHERIT"),
  deduplication: defaulted(literal("ON", "VERIFY", "OFF", "INHERIT"), "INHERIT"),
  checksum: defaulted(literal(...CHECKSUMS, "INHERIT"), "INHERIT"),
  readonly: defaulted(onOff, "INHERIT"),
  share_type: defaulted(literal("GENERIC", "MULTIPROTOCOL", "NFS", "SMB", "APPS"), "GENERIC"),
  encryption_options: encryptionOptions,
  encryption: defaulted(bool, false),
  inherit_encryption: defaulted(bool, true),
  user_properties: defaulted(list(userProperty), []),
  create_ancestors: defaulted(bool, false),
};

const filesystemOnly = {
  aclmode: absent(literal("PASSTHROUGH", "RESTRICTED", "DISCARD", "INHERIT")),
  acltype: absent(literal("OFF", "NFSV4", "POSIX", "INHERIT")),
  atime: absent(onOff),
  casesensitivity: absent(literal("SENSITIVE", "INSENSITIVE", "INHERIT")),
  quota: absent(limit),
  refquota: absent(limit),
  recordsize: absent(str()),
};

const volumeOnly = {
  force_size: absent(bool),
  sparse: absent(bool),
  volsize: int(),
  volblocksize: absent(literal("512", "512B", "1K", "2K", "4K", "8K", "16K", "32K", "64K", "128K")),
};

const createFilesystem = model("PoolDatasetCreateFilesystem", {
  ...common,
  type: defaulted(literal("FILESYSTEM"), "FILESYSTEM"),
  ...filesystemOnly,
});

const createVolume = model("PoolDatasetCreateVolume", {
  ...common,
  type: defaulted(literal("VOLUME"), "VOLUME"),
  ...volumeOnly,
});

/** What `pool.dataset.create` accepts. */
export const datasetCreate = union(createFilesystem, createVolume);
export type DatasetCreate = Of<typeof datasetCreate>;

const userPropertyUpdate = model("PoolDatasetUpdateUserProperty", {
  key: str({ pattern: ".*:.*" }),
  value: absent(str()),
  remove: absent(bool),
});

const {
  name: _name,
  share_type: _share,
  encryption: _e,
  encryption_options: _o,
  inherit_encryption: _i,
  ...updatable
} = common;
const { casesensitivity: _case, ...filesystemUpdatable } = filesystemOnly;

/** What `pool.dataset.update` accepts, for filesystems and volumes alike. */
export const datasetUpdate = partial("PoolDatasetUpdate", {
  ...updatable,
  ...filesystemUpdatable,
  force_size: volumeOnly.force_size,
  volsize: volumeOnly.volsize,
  user_properties_update: list(userPropertyUpdate),
});
export type DatasetUpdate = Of<typeof datasetUpdate>;

/** What `pool.dataset.delete` accepts besides the id. */
export const deleteOptions = defaulted(
  model("PoolDatasetDeleteOptions", { recursive: defaulted(bool, false), force: defaulted(bool, false) }),
  { recursive: false, force: false },
);
