/**
 * The TrueNAS provider as programs and policies see it: resource classes, their arguments, and pure arithmetic.
 * Nothing here does any I/O; the work is done by the plugin process in `plugin/`.
 */
export { ALERT_CLASS_FACTS, type AlertClassFacts, hasAlertClass } from "./model/alert-classes.ts";
export { type Ceiling, promisedBytes, rawBytes, type SizedTopology, usableBytes } from "./model/capacity.ts";
export { fingerprint } from "./model/fingerprint.ts";
export { INHERIT } from "./model/property.ts";
export { isSecretProperty } from "./model/secrets.ts";
export { CHECKSUM, COMPRESSION } from "./model/zfs-properties.ts";
export { AlertPolicy, type AlertPolicyArgs } from "./resources/alert-policy.ts";
export { AlertService, type AlertServiceArgs } from "./resources/alert-service.ts";
export { ApiKey, type ApiKeyArgs } from "./resources/api-key.ts";
export { CloudBackup, type CloudBackupArgs } from "./resources/cloud-backup.ts";
export { CloudCredential, type CloudCredentialArgs } from "./resources/cloud-credential.ts";
export { CloudSync, type CloudSyncArgs } from "./resources/cloud-sync.ts";
export { CronJob, type CronJobArgs } from "./resources/cron-job.ts";
export { Dataset, type DatasetArgs } from "./resources/dataset.ts";
export { FilesystemAcl, type FilesystemAclArgs } from "./resources/filesystem-acl.ts";
export { Group, type GroupArgs } from "./resources/group.ts";
export { InitShutdownScript, type InitShutdownScriptArgs } from "./resources/init-shutdown-script.ts";
export { IscsiAuth, type IscsiAuthArgs } from "./resources/iscsi-auth.ts";
export { IscsiExtent, type IscsiExtentArgs } from "./resources/iscsi-extent.ts";
export { IscsiGlobal, type IscsiGlobalArgs } from "./resources/iscsi-global.ts";
export { IscsiInitiator, type IscsiInitiatorArgs } from "./resources/iscsi-initiator.ts";
export { IscsiPortal, type IscsiPortalArgs } from "./resources/iscsi-portal.ts";
export { IscsiTarget, type IscsiTargetArgs } from "./resources/iscsi-target.ts";
export { IscsiTargetExtent, type IscsiTargetExtentArgs } from "./resources/iscsi-target-extent.ts";
export { Mail, type MailArgs } from "./resources/mail.ts";
export { NetworkConfig, type NetworkConfigArgs } from "./resources/network-config.ts";
export { NetworkInterface, type NetworkInterfaceArgs } from "./resources/network-interface.ts";
export { NfsConfig, type NfsConfigArgs } from "./resources/nfs-config.ts";
export { NfsShare, type NfsShareArgs } from "./resources/nfs-share.ts";
export { Pool, type PoolArgs } from "./resources/pool.ts";
export { Provider, type ProviderArgs } from "./resources/provider.ts";
export { ReplicationTask, type ReplicationTaskArgs } from "./resources/replication-task.ts";
export { ReportingExporter, type ReportingExporterArgs } from "./resources/reporting-exporter.ts";
export { ScrubTask, type ScrubTaskArgs } from "./resources/scrub-task.ts";
export { Service, type ServiceArgs } from "./resources/service.ts";
export { SmbConfig, type SmbConfigArgs } from "./resources/smb-config.ts";
export { SmbShare, type SmbShareArgs } from "./resources/smb-share.ts";
export { SmbShareAcl, type SmbShareAclArgs } from "./resources/smb-share-acl.ts";
export { SnapshotTask, type SnapshotTaskArgs } from "./resources/snapshot-task.ts";
export { SshConnection, type SshConnectionArgs } from "./resources/ssh-connection.ts";
export { SshKeyPair, type SshKeyPairArgs } from "./resources/ssh-key-pair.ts";
export { StaticRoute, type StaticRouteArgs } from "./resources/static-route.ts";
export { SystemAdvanced, type SystemAdvancedArgs } from "./resources/system-advanced.ts";
export { User, type UserArgs } from "./resources/user.ts";
export { Zvol, type ZvolArgs } from "./resources/zvol.ts";
