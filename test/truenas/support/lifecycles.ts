import { managedLifecycles } from "./objects/index.ts";
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

const dataset =
  (change: Values): Deed =>
  (site) =>
    site.appliance.call("pool.dataset.update", "tank/it", change);
const zvol =
  (change: Values): Deed =>
  (site) =>
    site.appliance.call("pool.dataset.update", "tank/vol", change);
const row =
  (namespace: string, change: Values): Deed =>
  (site, rowId) =>
    site.appliance.call(`${namespace}.update`, rowId, change);
const nfs = (change: Values) => row("sharing.nfs", change);
const smb = (change: Values) => row("sharing.smb", change);
const snapshots = (change: Values) => row("pool.snapshottask", change);
const scrub = (change: Values) => row("pool.scrub", change);

const GIB = 1024 ** 3;

export const lifecycles: readonly Lifecycle[] = [
  {
    type: "Dataset",
    id: "tank/it",
    inputs: {
      name: "tank/it",
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
    },
    drift: {
      comments: dataset({ comments: "other" }),
      compression: dataset({ compression: "INHERIT" }),
      sync: dataset({ sync: "STANDARD" }),
      readonly: dataset({ readonly: "INHERIT" }),
      deduplication: dataset({ deduplication: "ON" }),
      checksum: dataset({ checksum: "ON" }),
      copies: dataset({ copies: 1 }),
      reservation: dataset({ reservation: 0 }),
      refreservation: dataset({ refreservation: 2 * GIB }),
      'userProperties["homelab:class"]': dataset({
        user_properties_update: [{ key: "homelab:class", value: "disposable" }],
      }),
      'userProperties["homelab:owner"]': dataset({ user_properties_update: [{ key: "homelab:owner", remove: true }] }),
      recordsize: dataset({ recordsize: "128K" }),
      atime: dataset({ atime: "ON" }),
      exec: dataset({ exec: "ON" }),
      snapdir: dataset({ snapdir: "HIDDEN" }),
      aclmode: dataset({ aclmode: "RESTRICTED" }),
      quota: dataset({ quota: 6 * GIB }),
      refquota: dataset({ refquota: 0 }),
      quotaWarning: dataset({ quota_warning: 50 }),
      quotaCritical: dataset({ quota_critical: "INHERIT" }),
      refquotaWarning: dataset({ refquota_warning: 51 }),
      refquotaCritical: dataset({ refquota_critical: 52 }),
    },
    changes: {
      comments: "Bilder",
      compression: "INHERIT",
      sync: "DISABLED",
      readonly: "INHERIT",
      deduplication: "INHERIT",
      checksum: "INHERIT",
      copies: 3,
      reservation: 0,
      refreservation: 2 * GIB,
      userProperties: { "homelab:class": "runtime", "homelab:purpose": "books" },
      recordsize: "128K",
      atime: "ON",
      exec: "INHERIT",
      snapdir: "DISABLED",
      aclmode: "RESTRICTED",
      quota: 7 * GIB,
      refquota: 0,
      quotaWarning: "INHERIT",
      quotaCritical: 80,
      refquotaWarning: "INHERIT",
      refquotaCritical: "INHERIT",
    },
  },
  {
    type: "Zvol",
    id: "tank/vol",
    inputs: {
      name: "tank/vol",
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
    },
    drift: {
      snapdev: zvol({ snapdev: "HIDDEN" }),
      comments: zvol({ comments: "" }),
      compression: zvol({ compression: "OFF" }),
      sync: zvol({ sync: "INHERIT" }),
      readonly: zvol({ readonly: "OFF" }),
      deduplication: zvol({ deduplication: "INHERIT" }),
      checksum: zvol({ checksum: "ON" }),
      copies: zvol({ copies: 2 }),
      reservation: zvol({ reservation: 0 }),
      'userProperties["homelab:class"]': zvol({ user_properties_update: [{ key: "homelab:class", value: "x" }] }),
    },
    changes: {
      snapdev: "INHERIT",
      comments: "other",
      compression: "INHERIT",
      sync: "STANDARD",
      readonly: "OFF",
      deduplication: "INHERIT",
      checksum: "INHERIT",
      copies: "INHERIT",
      reservation: 0,
      userProperties: {},
    },
  },
  {
    type: "Zvol",
    title: "Zvol that reserves its space",
    id: "tank/vol",
    inputs: { name: "tank/vol", volsize: 2 * GIB, volblocksize: "16K", comments: "thick" },
    drift: { comments: zvol({ comments: "x" }) },
    changes: { refreservation: 0 },
  },
  {
    type: "NfsShare",
    id: "/mnt/tank/a",
    inputs: {
      path: "/mnt/tank/a",
      networks: ["10.10.10.0/24", "10.0.1.0/24"],
      hosts: ["10.0.9.9"],
      ro: true,
      mapallUser: "apps",
      mapallGroup: "apps",
      security: ["SYS"],
      enabled: false,
      comment: "for compute",
    },
    drift: {
      networks: nfs({ networks: ["10.10.10.0/24"] }),
      hosts: nfs({ hosts: [] }),
      ro: nfs({ ro: false }),
      mapallUser: nfs({ mapall_user: "root" }),
      mapallGroup: nfs({ mapall_group: "root" }),
      security: nfs({ security: [] }),
      enabled: nfs({ enabled: true }),
      comment: nfs({ comment: "" }),
    },
    changes: {
      networks: ["10.10.11.0/24"],
      hosts: [],
      ro: false,
      mapallUser: "root",
      mapallGroup: "root",
      security: [],
      enabled: true,
      comment: "for all",
    },
  },
  {
    type: "NfsShare",
    title: "NfsShare that maps root",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", maprootUser: "root", maprootGroup: "root" },
    drift: { maprootUser: nfs({ maproot_user: "apps" }), maprootGroup: nfs({ maproot_group: "apps" }) },
    changes: { maprootUser: "apps", maprootGroup: "apps" },
  },
  {
    type: "SmbShare",
    id: "photos",
    inputs: {
      name: "photos",
      path: "/mnt/tank/a",
      purpose: "LEGACY_SHARE",
      options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
      enabled: false,
      comment: "family",
      readonly: true,
      browsable: false,
      accessBasedShareEnumeration: true,
      audit: { enable: true, watchList: ["builtin_users"] },
    },
    imported: {
      options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
    },
    drift: {
      path: smb({ path: "/mnt/tank/b" }),
      options: smb({
        purpose: "LEGACY_SHARE",
        options: { recyclebin: false, hostsallow: ["10.0.0.1"], shadowcopy: false },
      }),
      purpose: smb({ purpose: "DEFAULT_SHARE", options: {} }),
      enabled: smb({ enabled: true }),
      comment: smb({ comment: "" }),
      readonly: smb({ readonly: false }),
      browsable: smb({ browsable: true }),
      accessBasedShareEnumeration: smb({ access_based_share_enumeration: false }),
      "audit.enable": smb({ audit: { enable: false, watch_list: ["builtin_users"] } }),
    },
    changes: {
      path: "/mnt/tank/b",
      options: { guestok: true },
      enabled: true,
      comment: "all",
      readonly: false,
      browsable: true,
      accessBasedShareEnumeration: false,
      audit: { enable: false },
    },
  },
  {
    type: "SnapshotTask",
    id: "tank/a@hourly-%Y-%m-%d_%H-%M",
    inputs: {
      dataset: "tank/a",
      namingSchema: "hourly-%Y-%m-%d_%H-%M",
      recursive: true,
      exclude: ["tank/a/sub"],
      lifetimeValue: 24,
      lifetimeUnit: "HOUR",
      allowEmpty: false,
      enabled: false,
      schedule: { minute: "0", hour: "*/2", dow: "mon", begin: "08:00", end: "20:00" },
    },
    drift: {
      recursive: snapshots({ recursive: false, exclude: [] }),
      exclude: snapshots({ exclude: [] }),
      lifetimeValue: snapshots({ lifetime_value: 12 }),
      lifetimeUnit: snapshots({ lifetime_unit: "DAY" }),
      allowEmpty: snapshots({ allow_empty: true }),
      enabled: snapshots({ enabled: true }),
      "schedule.hour": snapshots({
        schedule: { minute: "0", hour: "*", dom: "*", month: "*", dow: "1", begin: "08:00", end: "20:00" },
      }),
    },
    changes: {
      exclude: [],
      recursive: false,
      lifetimeValue: 30,
      lifetimeUnit: "DAY",
      allowEmpty: true,
      enabled: true,
      schedule: { minute: "0" },
    },
  },
  {
    type: "ScrubTask",
    id: "tank",
    inputs: {
      pool: "tank",
      threshold: 6,
      schedule: { minute: "0", hour: "2", dow: "7" },
      enabled: false,
      description: "weekly",
    },
    drift: {
      threshold: scrub({ threshold: 35 }),
      "schedule.hour": scrub({ schedule: { minute: "0", hour: "3", dom: "*", month: "*", dow: "7" } }),
      enabled: scrub({ enabled: true }),
      description: scrub({ description: "" }),
    },
    changes: { threshold: 13, schedule: { hour: "4" }, enabled: true, description: "fortnightly" },
  },
  {
    type: "Service",
    id: "nfs",
    inputs: { service: "nfs", enable: true, running: true },
    drift: {
      enable: (site) => site.appliance.call("service.update", "nfs", { enable: false }),
      running: (site) => site.appliance.call("service.control", "STOP", "nfs"),
    },
    changes: { enable: false, running: false },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with a mode",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", user: "apps", group: "apps", mode: "770" },
    drift: {
      user: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", uid: 0 }),
      group: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", gid: 0 }),
      mode: (site) => site.appliance.call("filesystem.setperm", { path: "/mnt/tank/a", mode: "777" }),
    },
    changes: { user: "root", group: "root", mode: "750" },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with numbers",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", uid: 568, gid: 568, mode: "775" },
    imported: { user: "apps", group: "apps" },
    drift: {
      uid: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", uid: 0 }),
      gid: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", gid: 0 }),
    },
    changes: { uid: 0, gid: 0 },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with an NFSv4 list",
    id: "/mnt/tank/nfs4",
    inputs: {
      path: "/mnt/tank/nfs4",
      user: "apps",
      dacl: [
        { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
        { tag: "group@", type: "ALLOW", perms: { BASIC: "MODIFY" }, flags: { BASIC: "INHERIT" } },
        { tag: "USER", who: "apps", type: "ALLOW", perms: { BASIC: "READ" }, flags: { BASIC: "NOINHERIT" } },
      ],
    },
    drift: {
      dacl: (site) =>
        site.appliance.call("filesystem.setacl", {
          path: "/mnt/tank/nfs4",
          dacl: [
            { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
            { tag: "group@", type: "ALLOW", perms: { BASIC: "READ" }, flags: { BASIC: "INHERIT" } },
          ],
        }),
    },
    changes: {
      user: "root",
      dacl: [
        { tag: "owner@", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
        { tag: "everyone@", perms: { BASIC: "TRAVERSE" }, flags: { BASIC: "NOINHERIT" } },
      ],
    },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with a POSIX list",
    id: "/mnt/tank/a",
    inputs: {
      path: "/mnt/tank/a",
      acltype: "POSIX1E",
      dacl: [
        { tag: "USER_OBJ", default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
        { tag: "GROUP_OBJ", default: false, perms: { READ: true, WRITE: false, EXECUTE: true } },
        { tag: "OTHER", default: false, perms: { READ: false, WRITE: false, EXECUTE: false } },
        { tag: "MASK", default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
        { tag: "USER", id: 568, default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
      ],
    },
    drift: {
      dacl: (site) =>
        site.appliance.call("filesystem.setperm", { path: "/mnt/tank/a", mode: "777", options: { stripacl: true } }),
    },
    changes: {},
  },
  ...managedLifecycles,
];
