import type { Methods } from "../middleware/method.ts";
import type { Dialect } from "../versions.ts";
import { alertMethods } from "./alert.ts";
import { alertClassesMethods } from "./alertclasses.ts";
import { alertServiceMethods } from "./alertservice/index.ts";
import { apiKeyMethods } from "./api-key.ts";
import { cloudBackupMethods } from "./cloud/backup.ts";
import { cloudCredentialMethods } from "./cloud/credentials.ts";
import { cloudSyncMethods } from "./cloud/sync.ts";
import { coreMethods } from "./core.ts";
import { cronJobMethods } from "./cronjob.ts";
import { diskMethods, smartTestMethods } from "./disk.ts";
import { filesystemMethods } from "./filesystem.ts";
import { groupMethods } from "./group.ts";
import { initShutdownScriptMethods } from "./initshutdownscript.ts";
import { interfaceCommitMethods } from "./interface/commit.ts";
import { interfaceCrudMethods } from "./interface/crud.ts";
import { iscsiMethods } from "./iscsi/index.ts";
import { keychainCredentialMethods } from "./keychaincredential.ts";
import { mailMethods } from "./mail.ts";
import { mailSendMethods } from "./mail-send.ts";
import { networkConfigurationMethods } from "./network-configuration.ts";
import { nfsMethods } from "./nfs.ts";
import { poolMethods } from "./pool.ts";
import { poolDatasetMethods } from "./pool-dataset.ts";
import { poolScrubMethods } from "./pool-scrub.ts";
import { poolSnapshotMethods, zfsSnapshotMethods } from "./pool-snapshot.ts";
import { poolSnapshotTaskMethods } from "./pool-snapshottask.ts";
import { replicationMethods } from "./replication.ts";
import { reportingExportersMethods } from "./reporting-exporters.ts";
import { serviceControlMethods, serviceMethods } from "./service.ts";
import { sharingNfsMethods } from "./sharing-nfs.ts";
import { sharingSmbMethods } from "./sharing-smb.ts";
import { flatSharingSmbMethods } from "./sharing-smb-flat.ts";
import { smbMethods } from "./smb.ts";
import { smbShareAclMethods } from "./smb-share-acl.ts";
import { staticRouteMethods } from "./staticroute.ts";
import { systemMethods } from "./system.ts";
import { systemAdvancedMethods, systemAdvancedMethodsOf2504 } from "./system-advanced.ts";
import { userMethods } from "./user.ts";

const common: Methods = {
  ...coreMethods,
  ...systemMethods,
  ...groupMethods,
  ...userMethods,
  ...diskMethods,
  ...poolMethods,
  ...poolDatasetMethods,
  ...zfsSnapshotMethods,
  ...poolSnapshotTaskMethods,
  ...poolScrubMethods,
  ...filesystemMethods,
  ...sharingNfsMethods,
  ...serviceMethods,
  ...smbMethods,
  ...nfsMethods,
  ...smbShareAclMethods,
  ...alertClassesMethods,
  ...apiKeyMethods,
  ...alertMethods,
  ...mailSendMethods,
  ...interfaceCrudMethods,
  ...reportingExportersMethods,
  ...networkConfigurationMethods,
  ...staticRouteMethods,
  ...cronJobMethods,
  ...cloudCredentialMethods,
  ...cloudSyncMethods,
  ...initShutdownScriptMethods,
  ...keychainCredentialMethods,
  ...replicationMethods,
};

const own: Readonly<Record<Dialect, Methods>> = {
  "25.04": { ...flatSharingSmbMethods, ...systemAdvancedMethodsOf2504 },
  "25.10": {
    ...poolSnapshotMethods,
    ...smartTestMethods,
    ...sharingSmbMethods,
    ...serviceControlMethods,
    ...systemAdvancedMethods,
  },
};

/** Every method of the simulated middleware of a release. */
export function methodsOf(dialect: Dialect): Methods {
  return {
    ...common,
    ...iscsiMethods(dialect),
    ...alertServiceMethods(dialect),
    ...mailMethods(dialect),
    ...cloudBackupMethods(dialect),
    ...interfaceCommitMethods(dialect),
    ...own[dialect],
  };
}
