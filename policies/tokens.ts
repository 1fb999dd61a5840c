// Type tokens by which the rules know resources; they are all that a stack must have in common with this project.

/** Token of a TrueNAS resource. */
const truenas = (name: string) => `truenas:index:${name}`;

/** A whole appliance, with how it is reached. */
export const APPLIANCE = "homelab:storage:TrueNas";
export const POOL = truenas("Pool");
export const DATASET = truenas("Dataset");
export const ZVOL = truenas("Zvol");
export const NFS_SHARE = truenas("NfsShare");
export const SMB_SHARE = truenas("SmbShare");
export const NFS_CONFIG = truenas("NfsConfig");
export const ISCSI_PORTAL = truenas("IscsiPortal");
export const ISCSI_EXTENT = truenas("IscsiExtent");
export const SNAPSHOT_TASK = truenas("SnapshotTask");
export const SCRUB_TASK = truenas("ScrubTask");
export const REPLICATION_TASK = truenas("ReplicationTask");
export const SSH_CONNECTION = truenas("SshConnection");
export const USER = truenas("User");
export const NETWORK_CONFIG = truenas("NetworkConfig");
export const STATIC_ROUTE = truenas("StaticRoute");
export const CLOUD_CREDENTIAL = truenas("CloudCredential");
export const CLOUD_BACKUP = truenas("CloudBackup");
export const CLOUD_SYNC = truenas("CloudSync");
export const ALERT_SERVICE = truenas("AlertService");
export const ALERT_POLICY = truenas("AlertPolicy");
export const APP = truenas("App");

/** A copy that something outside the program carries, as the site declares it. */
export const EXTERNAL_COPY = "homelab:protection:ExternalCopy";
/** A restore that is tried regularly, with the evidence of the last time. */
export const RESTORE_TEST = "homelab:protection:RestoreTest";
/** A monitor outside the program that watches an appliance, as the site declares it. */
export const EXTERNAL_MONITOR = "homelab:protection:ExternalMonitor";

export const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
export const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
export const VOLUME = "kubernetes:core/v1:PersistentVolume";
export const CRON_JOB = "kubernetes:batch/v1:CronJob";
export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
/** A Helm chart that Pulumi installs; CSI drivers make their StorageClasses by it. */
export const HELM_RELEASE = "kubernetes:helm.sh/v3:Release";
export const VELERO_SCHEDULE = "kubernetes:velero.io/v1:Schedule";
/** Everything that runs pods for a purpose of its own. */
export const WORKLOADS: readonly string[] = [
  "kubernetes:apps/v1:Deployment",
  STATEFUL_SET,
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:batch/v1:Job",
  CRON_JOB,
  "kubernetes:core/v1:Pod",
];

export const VIRTUAL_MACHINE = "proxmoxve:index/vmLegacy:VmLegacy";
export const CONTAINER = "proxmoxve:index/containerLegacy:ContainerLegacy";
export const HIGHLY_AVAILABLE = "proxmoxve:index/haresource:Haresource";
export const BACKUP_JOB = "proxmoxve:backup/job:Job";
/** Proxmox storages that lie on a NAS. */
export const NETWORK_STORAGES: readonly string[] = [
  "proxmoxve:storage/nfs:Nfs",
  "proxmoxve:storage/cifs:Cifs",
  "proxmoxve:storage/pbs:Pbs",
];

/** What holds data on an appliance. */
export const STORED_DATA: readonly string[] = [DATASET, ZVOL];
/** What gives clients a file system or blocks. */
export const SHARES: readonly string[] = [NFS_SHARE, SMB_SHARE];
