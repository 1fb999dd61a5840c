// Objects that state everything that can be stated of them, for the stories that change one thing at a time.

export const GIB = 1024 ** 3;

/** A dataset without its name. */
export const STATED_DATASET = {
  comments: "Bücher",
  compression: "ZSTD",
  sync: "ALWAYS",
  readonly: "OFF",
  deduplication: "OFF",
  checksum: "SHA512",
  copies: 2,
  reservation: GIB,
  refreservation: GIB,
  userProperties: { "homelab:class": "authoritative", "homelab:owner": "primary-nas" },
  recordsize: "1M",
  atime: "OFF",
  exec: "OFF",
  snapdir: "VISIBLE",
  aclmode: "PASSTHROUGH",
  acltype: "NFSV4",
  casesensitivity: "INSENSITIVE",
  quota: 5 * GIB,
  refquota: 4 * GIB,
  quotaWarning: 70,
  quotaCritical: 90,
  refquotaWarning: 71,
  refquotaCritical: 91,
};

/** A zvol without its name. */
export const STATED_ZVOL = {
  volsize: 2 * GIB,
  volblocksize: "16K",
  sparse: true,
  snapdev: "VISIBLE",
  comments: "disk",
  compression: "LZ4",
  sync: "ALWAYS",
  readonly: "ON",
  deduplication: "OFF",
  checksum: "SHA256",
  copies: 1,
  reservation: GIB,
  userProperties: { "homelab:class": "runtime" },
};

/** An NFS share without its path. */
export const STATED_NFS_SHARE = {
  networks: ["10.10.10.0/24", "10.0.1.0/24"],
  hosts: ["10.0.9.9"],
  ro: true,
  mapallUser: "apps",
  mapallGroup: "apps",
  security: ["SYS"],
  enabled: false,
  comment: "for compute",
};
