// The words that the program, the provider's metadata, the policies and the documents share. Imports nothing, so that
// a policy pack can read it without loading the site model.

/** How precious data is; `transitional` says where it will be promoted to, `container` only groups other datasets. */
export const DATA_CLASSES = ["authoritative", "runtime", "disposable", "transitional", "container"] as const;
/** How precious data is. */
export type DataClass = (typeof DATA_CLASSES)[number];

/** Who owns data: the role of a machine, not a person. */
export const OWNER_ROLES = [
  "user-compute",
  "archive-nas",
  "ai-compute",
  "infrastructure",
  "primary-nas",
  "backup-nas",
  "staging",
] as const;
/** Who owns data. */
export type OwnerRole = (typeof OWNER_ROLES)[number];

/** Where live data belongs: on one NAS that compute mounts, or on compute with the NAS as cold archive (ADR-0001). */
export const OWNERSHIP_MODELS = ["nas-centric", "compute-centric"] as const;
/** Where live data belongs. */
export type OwnershipModel = (typeof OWNERSHIP_MODELS)[number];

/** Whether roles may still share a host (`transition`) or the ownership model holds in full (`steady`). */
export const PHASES = ["transition", "steady"] as const;
/** How far a site has come towards its ownership model. */
export type Phase = (typeof PHASES)[number];

/** Whether a machine can be reached; what lies on one that is offline or not installed is declared and waits. */
export const HOST_STATES = ["online", "offline", "not-installed", "maintenance"] as const;
/** Whether a machine can be reached. */
export type HostState = (typeof HOST_STATES)[number];

/** Ways to data: files for people and for compute, blocks, objects for backups, an API, volumes made on demand. */
export const ACCESS_PROTOCOLS = ["smb", "nfs", "iscsi", "s3", "api", "csi"] as const;
/** A way to data. */
export type AccessProtocol = (typeof ACCESS_PROTOCOLS)[number];

/** ZFS user properties that carry the classification with the data, through replication and beyond this program. */
export const USER_PROPERTIES = {
  class: "homelab:class",
  owner: "homelab:owner",
  purpose: "homelab:purpose",
  /** Transitional data only: the data set that it becomes part of, as `appliance/pool/dataset`. */
  promoteTo: "homelab:promote-to",
  /** Transitional data only: the day by which it must be there. */
  deadline: "homelab:deadline",
  /** Most data that may be lost, as a time such as `1 hour`. */
  rpo: "homelab:rpo",
} as const;

/** The same on Kubernetes objects, as annotations. */
export const ANNOTATIONS = {
  class: "homelab/class",
  owner: "homelab/owner",
  purpose: "homelab/purpose",
  promoteTo: "homelab/promote-to",
  deadline: "homelab/deadline",
  rpo: "homelab/rpo",
} as const satisfies Readonly<Record<keyof typeof USER_PROPERTIES, string>>;

/** Where a restore comes from: snapshots of the pool itself, the copy on another appliance, or the one outside the house. */
export const RESTORE_TIERS = ["snapshot", "replication", "offsite"] as const;
/** Where a restore comes from. */
export type RestoreTier = (typeof RESTORE_TIERS)[number];

/** What somebody must be told of. */
export const WATCHED_SUBJECTS = ["capacity", "scrub", "smart", "replication", "snapshots", "offsite"] as const;
/** Something that somebody must be told of. */
export type WatchedSubject = (typeof WATCHED_SUBJECTS)[number];

/** The appliance's alert classes that tell of each subject, as TrueNAS spells them. */
export const ALERT_CLASSES: Readonly<Record<WatchedSubject, readonly string[]>> = {
  capacity: ["ZpoolCapacityNotice", "ZpoolCapacityWarning", "ZpoolCapacityCritical", "QuotaWarning", "QuotaCritical"],
  scrub: ["ScrubPaused", "ScrubNotStarted", "VolumeStatus"],
  // The first four since 25.10, the others before.
  smart: [
    ...["SMARTUncorrectedErrors", "SMARTFailedSelfTest", "SMARTSpareBlockCount", "SMARTEraseCycleCount"],
    ...["SMART", "Smartd"],
  ],
  replication: ["ReplicationFailed"],
  snapshots: ["SnapshotFailed", "SnapshotCount", "SnapshotTotalCount"],
  offsite: ["CloudBackupTaskFailed", "CloudSyncTaskFailed"],
};

/** How bad an alert is, the least first, as TrueNAS spells it. */
export const ALERT_LEVELS = ["INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"] as const;
/** How bad an alert is. */
export type AlertLevel = (typeof ALERT_LEVELS)[number];

/** Share of a pool that stays free of promises unless the site says otherwise, in percent. */
export const MIN_HEADROOM = 10;
/** Fill levels at which somebody is told unless the site says otherwise, in percent. */
export const CAPACITY_ALERTS: readonly number[] = [80, 85, 90, 95];

/** What a data class asks for. */
export interface Protection {
  /** Snapshots on the same pool. */
  readonly snapshots: boolean;
  /** A further copy: none, on another pool, or on another host; one on a host that is offline does not count. */
  readonly copy: "none" | "other-pool" | "other-host";
  /** A copy outside the house. */
  readonly offsite: boolean;
}

const NOTHING: Protection = { snapshots: false, copy: "none", offsite: false };

/** What each data class asks for; transitional data asks for nothing until it is promoted. */
export const PROTECTION: Readonly<Record<DataClass, Protection>> = {
  authoritative: { snapshots: true, copy: "other-host", offsite: true },
  runtime: { snapshots: true, copy: "other-pool", offsite: false },
  disposable: NOTHING,
  transitional: NOTHING,
  container: NOTHING,
};

/** How much a class matters, the largest most; a container has no rank of its own. */
export const CLASS_RANK: Readonly<Record<Exclude<DataClass, "container">, number>> = {
  disposable: 0,
  transitional: 1,
  runtime: 2,
  authoritative: 3,
};

/** Ids of TrueNAS's built-in accounts that a site may name. */
export const BUILTIN_IDS: Readonly<Record<string, number>> = {
  root: 0,
  builtin_administrators: 544,
  builtin_users: 545,
  apps: 568,
  nobody: 65534,
  nogroup: 65534,
};

/**
 * Whether a waiver's resource pattern covers a resource; resources are named `appliance`, `appliance/pool`,
 * `appliance/pool/dataset`, or by the name of the site, host, cluster or workload. `*` stands for any characters.
 */
export function coversResource(pattern: string, resource: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(resource);
}
