import { alertPolicy } from "./alert-policy.ts";
import { alertService } from "./alert-service.ts";
import { apiKey } from "./api-key.ts";
import { cloudBackup } from "./cloud-backup.ts";
import { cloudCredential } from "./cloud-credential.ts";
import { cloudSync } from "./cloud-sync.ts";
import { cronJob } from "./cron-job.ts";
import { dataset } from "./dataset.ts";
import { filesystemAcl } from "./filesystem-acl.ts";
import { group } from "./group.ts";
import { initShutdownScript } from "./init-shutdown-script.ts";
import { iscsiAuth } from "./iscsi-auth.ts";
import { iscsiExtent } from "./iscsi-extent.ts";
import { iscsiGlobal } from "./iscsi-global.ts";
import { iscsiInitiator } from "./iscsi-initiator.ts";
import { iscsiPortal } from "./iscsi-portal.ts";
import { iscsiTarget } from "./iscsi-target.ts";
import { iscsiTargetExtent } from "./iscsi-target-extent.ts";
import { mail } from "./mail.ts";
import { networkConfig } from "./network-config.ts";
import { networkInterface } from "./network-interface.ts";
import { nfsConfig } from "./nfs-config.ts";
import { nfsShare } from "./nfs-share.ts";
import { pool } from "./pool.ts";
import { replicationTask } from "./replication-task.ts";
import { reportingExporter } from "./reporting-exporter.ts";
import { type ResourceType, tokenOf } from "./resource-type.ts";
import { scrubTask } from "./scrub-task.ts";
import { service } from "./service.ts";
import { smbConfig } from "./smb-config.ts";
import { smbShare } from "./smb-share.ts";
import { smbShareAcl } from "./smb-share-acl.ts";
import { snapshotTask } from "./snapshot-task.ts";
import { sshConnection } from "./ssh-connection.ts";
import { sshKeyPair } from "./ssh-key-pair.ts";
import { staticRoute } from "./static-route.ts";
import { systemAdvanced } from "./system-advanced.ts";
import { user } from "./user.ts";
import { zvol } from "./zvol.ts";

/** Every resource type of the provider; a new one is one more entry here. */
export const resourceTypes: readonly ResourceType[] = [
  pool,
  dataset,
  zvol,
  filesystemAcl,
  nfsShare,
  smbShare,
  snapshotTask,
  scrubTask,
  service,
  cronJob,
  cloudBackup,
  cloudSync,
  initShutdownScript,
  nfsConfig,
  smbConfig,
  staticRoute,
  networkConfig,
  systemAdvanced,
  group,
  user,
  iscsiGlobal,
  iscsiPortal,
  iscsiInitiator,
  iscsiTarget,
  iscsiExtent,
  iscsiTargetExtent,
  alertPolicy,
  smbShareAcl,
  reportingExporter,
  sshKeyPair,
  sshConnection,
  replicationTask,
  networkInterface,
  alertService,
  apiKey,
  cloudCredential,
  iscsiAuth,
  mail,
];

const byToken = new Map(resourceTypes.map((type) => [tokenOf(type), type]));

/** The entry of a type token such as `truenas:index:Dataset`, or undefined for a type that does not exist. */
export function resourceType(token: string): ResourceType | undefined {
  return byToken.get(token);
}
