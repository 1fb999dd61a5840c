import { absent, bool, defaulted, int, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { list, model, tagged } from "../middleware/models.ts";

/** Checksums that a pool or dataset may use. */
export const CHECKSUMS = [
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

const disks = list(str());

const plainVdev = model("PoolCreateTopologyDataVdevNonDRAID", {
  type: literal("RAIDZ1", "RAIDZ2", "RAIDZ3", "MIRROR", "STRIPE"),
  disks,
});

const draidVdev = model("PoolCreateTopologyDataVdevDRAID", {
  type: literal("DRAID1", "DRAID2", "DRAID3"),
  disks,
  draid_data_disks: defaulted(nullable(int()), null),
  draid_spare_disks: defaulted(int(), 0),
});

const dataVdev = tagged("type", {
  DRAID1: draidVdev,
  DRAID2: draidVdev,
  DRAID3: draidVdev,
  RAIDZ1: plainVdev,
  RAIDZ2: plainVdev,
  RAIDZ3: plainVdev,
  MIRROR: plainVdev,
  STRIPE: plainVdev,
});

const redundantVdev = (name: string) => model(name, { type: literal("MIRROR", "STRIPE"), disks });
const cacheVdev = model("PoolCreateTopologyCacheVdev", { type: literal("STRIPE"), disks });

const classes = {
  special: list(redundantVdev("PoolCreateTopologySpecialVdev")),
  dedup: list(redundantVdev("PoolCreateTopologyDedupVdev")),
  cache: list(cacheVdev),
  log: list(redundantVdev("PoolCreateTopologyLogVdev")),
  spares: list(str()),
};

const emptyClasses = {
  special: defaulted(classes.special, []),
  dedup: defaulted(classes.dedup, []),
  cache: defaulted(classes.cache, []),
  log: defaulted(classes.log, []),
  spares: defaulted(classes.spares, []),
};

const poolName = refined(str({ min: 1, max: 50 }), (name) =>
  /\s/.test(name) ? "Value error, Pool name must not contain whitespace" : undefined,
);

/** `encryption_options` of pools and datasets. */
export const encryptionOptions = defaulted(
  model("PoolCreateEncryptionOptions", {
    generate_key: defaulted(bool, false),
    pbkdf2iters: defaulted(int({ ge: 100_000 }), 350_000),
    algorithm: defaulted(
      literal("AES-128-CCM", "AES-192-CCM", "AES-256-CCM", "AES-128-GCM", "AES-192-GCM", "AES-256-GCM"),
      "AES-256-GCM",
    ),
    passphrase: defaulted(nullable(str({ min: 8 })), null),
    key: defaulted(nullable(str({ min: 64, max: 64 })), null),
  }),
  { generate_key: false, pbkdf2iters: 350_000, algorithm: "AES-256-GCM", passphrase: null, key: null },
);

const dedupQuota = {
  dedup_table_quota: defaulted(nullable(literal("AUTO", "CUSTOM")), "AUTO"),
  dedup_table_quota_value: defaulted(nullable(int({ gt: 0 })), null),
};

/** What `pool.create` accepts. */
export const poolCreate = model("PoolCreate", {
  name: poolName,
  encryption: defaulted(bool, false),
  ...dedupQuota,
  deduplication: defaulted(nullable(literal("ON", "VERIFY", "OFF")), null),
  checksum: defaulted(nullable(literal(...CHECKSUMS)), null),
  encryption_options: encryptionOptions,
  topology: model("PoolCreateTopology", { data: list(dataVdev, { min: 1 }), ...emptyClasses }),
  allow_duplicate_serials: defaulted(bool, false),
});

/** What `pool.update` accepts; its topology is added to the pool's. */
export const poolUpdate = model("PoolUpdate", {
  autotrim: absent(literal("ON", "OFF")),
  dedup_table_quota: absent(dedupQuota.dedup_table_quota),
  dedup_table_quota_value: absent(dedupQuota.dedup_table_quota_value),
  topology: absent(model("PoolUpdateTopology", { data: defaulted(list(dataVdev), []), ...emptyClasses })),
  allow_duplicate_serials: absent(bool),
});
