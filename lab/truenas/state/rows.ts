import type { AclEntry } from "../filesystem/acl-entry.ts";

/** A disk in the chassis. */
export interface DiskRow {
  readonly serial: string;
  /** Kernel name, e.g. `sda`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly type: "HDD" | "SSD";
  readonly model: string;
}

/** A group of disks in a pool. */
export interface VdevRow {
  readonly type: "RAIDZ1" | "RAIDZ2" | "RAIDZ3" | "MIRROR" | "STRIPE" | "DRAID1" | "DRAID2" | "DRAID3";
  readonly guid: string;
  readonly disks: readonly { readonly serial: string; readonly guid: string }[];
  readonly draidDataDisks?: number;
  readonly draidSpareDisks?: number;
}

/** The kinds of device that a pool holds, in the middleware's result spelling. */
export const TOPOLOGY_CLASSES = ["data", "log", "cache", "spare", "special", "dedup"] as const;
export type TopologyClass = (typeof TOPOLOGY_CLASSES)[number];

/** The last scrub of a pool. */
export interface ScanRow {
  readonly start: number;
  readonly end: number;
}

export interface PoolRow {
  readonly id: number;
  readonly name: string;
  readonly guid: string;
  readonly topology: Readonly<Record<TopologyClass, readonly VdevRow[]>>;
  readonly autotrim: "on" | "off";
  readonly dedupTableQuota: string;
  /** Milliseconds since the epoch, by the appliance's clock; likewise everywhere below. */
  readonly createdAt: number;
  readonly scan: ScanRow | null;
}

/** A file whose content matters to whoever wrote it. */
export interface FileRow {
  /** Below the dataset's mount point, without a slash in front. */
  readonly path: string;
  readonly content: string;
  readonly writtenAt: number;
}

/** Data written in one transaction group and possibly removed in a later one. */
export interface Extent {
  readonly bytes: number;
  readonly born: number;
  readonly died: number | null;
  /** In a clone: data that lies in the snapshot that it was made from, and takes no room of its own. */
  readonly shared?: true;
  /** Present when the data is a file with a name; without it, it is some data of that size. */
  readonly file?: FileRow;
}

export interface DatasetRow {
  readonly id: string;
  readonly type: "FILESYSTEM" | "VOLUME";
  readonly guid: string;
  readonly createtxg: number;
  readonly createdAt: number;
  /** Locally set native properties in ZFS's own spelling; what is not here is inherited or default. */
  readonly properties: Readonly<Record<string, string>>;
  /** Locally set user properties. */
  readonly userProperties: Readonly<Record<string, string>>;
  /** Data that consumers wrote, as far as the dataset or a snapshot still holds it. */
  readonly extents: readonly Extent[];
  /** Of a clone: the snapshot that it was made from, which cannot be destroyed before it. */
  readonly origin?: string;
  /** Properties that came with a replication; those set here come before them. */
  readonly received?: {
    readonly native: Readonly<Record<string, string>>;
    readonly user: Readonly<Record<string, string>>;
    /** Native properties that are inherited although something else comes with each replication. */
    readonly hidden?: readonly string[];
  };
  /** What has arrived of a replication that broke off: a stream that ends with one snapshot's guid. */
  readonly partial?: {
    readonly to: string;
    readonly name: string;
    readonly from: string | null;
    readonly bytes: number;
  };
  /** True while something keeps the dataset from being unmounted. */
  readonly busy?: boolean;
  /** True while the filesystem is not mounted, so that the one above shows in its place. */
  readonly unmounted?: boolean;
}

export interface SnapshotRow {
  /** `dataset@name`. */
  readonly id: string;
  readonly dataset: string;
  readonly name: string;
  readonly guid: string;
  readonly createtxg: number;
  readonly createdAt: number;
  /** Bytes of data at the time. */
  readonly referenced: number;
  readonly userProperties: Readonly<Record<string, string>>;
  readonly held: boolean;
}

/** A directory: a dataset's mount point or one made inside it. */
export interface NodeRow {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits, e.g. 0o755. */
  readonly mode: number;
  /** Present when the ACL says more than the mode. */
  readonly acl?: readonly AclEntry[];
}

export interface CronSchedule {
  readonly minute: string;
  readonly hour: string;
  readonly dom: string;
  readonly month: string;
  readonly dow: string;
}

export interface WindowSchedule extends CronSchedule {
  readonly begin: string;
  readonly end: string;
}

export interface SnapshotTaskRow {
  readonly id: number;
  readonly dataset: string;
  readonly recursive: boolean;
  readonly lifetime_value: number;
  readonly lifetime_unit: "HOUR" | "DAY" | "WEEK" | "MONTH" | "YEAR";
  readonly enabled: boolean;
  readonly exclude: readonly string[];
  readonly naming_schema: string;
  readonly allow_empty: boolean;
  readonly schedule: WindowSchedule;
  readonly state: {
    readonly state: string;
    readonly at?: number;
    readonly last_snapshot?: string;
    readonly error?: string;
  };
}

export interface ScrubTaskRow {
  readonly id: number;
  readonly pool: number;
  readonly threshold: number;
  readonly description: string;
  readonly schedule: CronSchedule;
  readonly enabled: boolean;
}

export interface NfsShareRow {
  readonly id: number;
  readonly path: string;
  readonly aliases: readonly string[];
  readonly comment: string;
  readonly networks: readonly string[];
  readonly hosts: readonly string[];
  readonly ro: boolean;
  readonly maproot_user: string | null;
  readonly maproot_group: string | null;
  readonly mapall_user: string | null;
  readonly mapall_group: string | null;
  readonly security: readonly string[];
  readonly enabled: boolean;
  readonly expose_snapshots: boolean;
}

export interface SmbShareRow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly enabled: boolean;
  readonly comment: string;
  readonly readonly: boolean;
  readonly browsable: boolean;
  readonly access_based_share_enumeration: boolean;
  readonly audit: {
    readonly enable: boolean;
    readonly watch_list: readonly string[];
    readonly ignore_list: readonly string[];
  };
  readonly purpose: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ServiceRow {
  readonly id: number;
  readonly service: string;
  readonly enable: boolean;
  readonly running: boolean;
}
