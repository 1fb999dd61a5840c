import { authoritativeDataIsWrittenSynchronously } from "./access/authoritative-data-is-written-synchronously.ts";
import { computeComesByNfsOrIscsi } from "./access/compute-comes-by-nfs-or-iscsi.ts";
import { copiesComeFromKnownAddresses } from "./access/copies-come-from-known-addresses.ts";
import { copiesComeInForZfsOnly } from "./access/copies-come-in-for-zfs-only.ts";
import { exportsNameTheirClients } from "./access/exports-name-their-clients.ts";
import { exportsSquashRoot } from "./access/exports-squash-root.ts";
import { nfsAndIscsiStayOnStorageNetwork } from "./access/nfs-and-iscsi-stay-on-storage-network.ts";
import { nfsIsVersion4 } from "./access/nfs-is-version-4.ts";
import { oneGatewayLeadsOut } from "./access/one-gateway-leads-out.ts";
import { peopleComeBySmb } from "./access/people-come-by-smb.ts";
import { privateDataAdmitsNoGuests } from "./access/private-data-admits-no-guests.ts";
import { leafDatasetHasQuota } from "./capacity/leaf-dataset-has-quota.ts";
import { poolIsNotOverCommitted } from "./capacity/pool-is-not-over-committed.ts";
import { poolKeepsHeadroom } from "./capacity/pool-keeps-headroom.ts";
import { quotaAlertsComeInTime } from "./capacity/quota-alerts-come-in-time.ts";
import { reservationsFitPool } from "./capacity/reservations-fit-pool.ts";
import { authoritativeDataAvoidsScratch } from "./classification/authoritative-data-avoids-scratch.ts";
import { authoritativeDataLeavesCompute } from "./classification/authoritative-data-leaves-compute.ts";
import { authoritativeDataLiesOnRedundantPool } from "./classification/authoritative-data-lies-on-redundant-pool.ts";
import { childIsNoMorePrecious } from "./classification/child-is-no-more-precious.ts";
import { classIsTheOneDeclared } from "./classification/class-is-the-one-declared.ts";
import { dataDeclaresClass } from "./classification/data-declares-class.ts";
import { dataDeclaresOwner } from "./classification/data-declares-owner.ts";
import { dataDeclaresPurpose } from "./classification/data-declares-purpose.ts";
import { dataHasOneHome } from "./classification/data-has-one-home.ts";
import { nextcloudOwnsNothing } from "./classification/nextcloud-owns-nothing.ts";
import { noServiceIsTheSoleHolder } from "./classification/no-service-is-the-sole-holder.ts";
import { shareLiesOnDeclaredData } from "./classification/share-lies-on-declared-data.ts";
import { streamingMediaIsHiddenFromNextcloud } from "./classification/streaming-media-is-hidden-from-nextcloud.ts";
import { streamingMediaIsReadOnly } from "./classification/streaming-media-is-read-only.ts";
import { transitionalDataHasDeadline } from "./classification/transitional-data-has-deadline.ts";
import { transitionalDataNamesItsHome } from "./classification/transitional-data-names-its-home.ts";
import { classDeletesWhatMayGo } from "./kubernetes/class-deletes-what-may-go.ts";
import { classOfAuthoritativeDataRetains } from "./kubernetes/class-of-authoritative-data-retains.ts";
import { clusterHasOneDefaultClass } from "./kubernetes/cluster-has-one-default-class.ts";
import { dataLivesInOneBackend } from "./kubernetes/data-lives-in-one-backend.ts";
import { localPathForWhatMayBeLost } from "./kubernetes/local-path-for-what-may-be-lost.ts";
import { longhornOnlyForSqlite } from "./kubernetes/longhorn-only-for-sqlite.ts";
import { mediaIsMountedReadOnly } from "./kubernetes/media-is-mounted-read-only.ts";
import { nfsMountsAreHard } from "./kubernetes/nfs-mounts-are-hard.ts";
import { nfsMountsAreVersion41 } from "./kubernetes/nfs-mounts-are-version-4-1.ts";
import { noCephForApplications } from "./kubernetes/no-ceph-for-applications.ts";
import { noEmptyDirForDataOfValue } from "./kubernetes/no-empty-dir-for-data-of-value.ts";
import { noHostPathForDataOfValue } from "./kubernetes/no-host-path-for-data-of-value.ts";
import { sqliteNeverOnNfs } from "./kubernetes/sqlite-never-on-nfs.ts";
import { volumeNamesOneClass } from "./kubernetes/volume-names-one-class.ts";
import { deviceIsClaimedOnce } from "./machines/device-is-claimed-once.ts";
import { managementHoldsNoWorkloads } from "./machines/management-holds-no-workloads.ts";
import { passThroughUsesMapping } from "./machines/pass-through-uses-mapping.ts";
import { storageVmHasNoBallooning } from "./machines/storage-vm-has-no-ballooning.ts";
import { storageVmIsDualHomed } from "./machines/storage-vm-is-dual-homed.ts";
import { storageVmIsNotHighlyAvailable } from "./machines/storage-vm-is-not-highly-available.ts";
import { storageVmIsProtected } from "./machines/storage-vm-is-protected.ts";
import { storageVmStartsFirst } from "./machines/storage-vm-starts-first.ts";
import { authoritativeDataHasCopyOnAnotherHost } from "./protection/authoritative-data-has-copy-on-another-host.ts";
import { authoritativeDataHasOffsiteCopy } from "./protection/authoritative-data-has-offsite-copy.ts";
import { authoritativeDataHasRestoreTest } from "./protection/authoritative-data-has-restore-test.ts";
import { authoritativeDataHasSnapshots } from "./protection/authoritative-data-has-snapshots.ts";
import { capacityAlertsAreSent } from "./protection/capacity-alerts-are-sent.ts";
import { cloudsAreReachedByHttps } from "./protection/clouds-are-reached-by-https.ts";
import { configurationCopiesCanBeOpened } from "./protection/configuration-copies-can-be-opened.ts";
import { copiesAreKeptAsLong } from "./protection/copies-are-kept-as-long.ts";
import { copiesCarrySomething } from "./protection/copies-carry-something.ts";
import { copiesMeetRpo } from "./protection/copies-meet-rpo.ts";
import { copyLiesOnAHostThatIsThere } from "./protection/copy-lies-on-a-host-that-is-there.ts";
import { disposableDataIsNeverBackedUp } from "./protection/disposable-data-is-never-backed-up.ts";
import { poolIsScrubbed } from "./protection/pool-is-scrubbed.ts";
import { replicationAlertsAreSent } from "./protection/replication-alerts-are-sent.ts";
import { replicationHoldsPendingSnapshots } from "./protection/replication-holds-pending-snapshots.ts";
import { replicationLeavesItsPool } from "./protection/replication-leaves-its-pool.ts";
import { replicationLeavesItsSource } from "./protection/replication-leaves-its-source.ts";
import { replicationOverwritesAsDeclared } from "./protection/replication-overwrites-as-declared.ts";
import { repositoryHasItsOwnFolder } from "./protection/repository-has-its-own-folder.ts";
import { repositoryHasItsOwnKey } from "./protection/repository-has-its-own-key.ts";
import { restoreTestIsRecent } from "./protection/restore-test-is-recent.ts";
import { runtimeDataHasCopyOnAnotherPool } from "./protection/runtime-data-has-copy-on-another-pool.ts";
import { runtimeDataHasSnapshots } from "./protection/runtime-data-has-snapshots.ts";
import { scrubAlertsAreSent } from "./protection/scrub-alerts-are-sent.ts";
import { smartAlertsAreSent } from "./protection/smart-alerts-are-sent.ts";
import { snapshotsMeetRpo } from "./protection/snapshots-meet-rpo.ts";
import { tasksReachMadeVolumes } from "./protection/tasks-reach-made-volumes.ts";
import { volumesAreNotLeftToFileCopies } from "./protection/volumes-are-not-left-to-file-copies.ts";
import { aiComputeHasNoFilesystemPath } from "./roles/ai-compute-has-no-filesystem-path.ts";
import { backupAccessIsWriteRestricted } from "./roles/backup-access-is-write-restricted.ts";
import { backupsAreAutomated } from "./roles/backups-are-automated.ts";
import { computeDisksAreDisposable } from "./roles/compute-disks-are-disposable.ts";
import { nasExportsNoFilesystem } from "./roles/nas-exports-no-filesystem.ts";
import { proxmoxRunsInfrastructureOnly } from "./roles/proxmox-runs-infrastructure-only.ts";
import { runtimeStateLivesOnTheNas } from "./roles/runtime-state-lives-on-the-nas.ts";
import { userAppsAreComposeStacks } from "./roles/user-apps-are-compose-stacks.ts";
import { userComputeKeepsDataLocal } from "./roles/user-compute-keeps-data-local.ts";
import type { Rule } from "./rule.ts";
import { authoritativeDataIsNotDestroyed } from "./safety/authoritative-data-is-not-destroyed.ts";
import { authoritativeDataIsProtected } from "./safety/authoritative-data-is-protected.ts";
import { nameIsNotShadowed } from "./safety/name-is-not-shadowed.ts";
import { noSecretInPlainText } from "./safety/no-secret-in-plain-text.ts";
import { poolIsNotDestroyed } from "./safety/pool-is-not-destroyed.ts";
import { poolIsProtected } from "./safety/pool-is-protected.ts";
import { secretsStayOutOfArguments } from "./safety/secrets-stay-out-of-arguments.ts";

/** Rules by the room that they lie in; a new rule is one new line here. */
export const ROOMS: Readonly<Record<string, readonly Rule[]>> = {
  classification: [
    authoritativeDataAvoidsScratch,
    authoritativeDataLeavesCompute,
    authoritativeDataLiesOnRedundantPool,
    childIsNoMorePrecious,
    classIsTheOneDeclared,
    dataDeclaresClass,
    dataDeclaresOwner,
    dataDeclaresPurpose,
    dataHasOneHome,
    nextcloudOwnsNothing,
    noServiceIsTheSoleHolder,
    shareLiesOnDeclaredData,
    streamingMediaIsHiddenFromNextcloud,
    streamingMediaIsReadOnly,
    transitionalDataHasDeadline,
    transitionalDataNamesItsHome,
  ],
  roles: [
    aiComputeHasNoFilesystemPath,
    backupAccessIsWriteRestricted,
    backupsAreAutomated,
    computeDisksAreDisposable,
    nasExportsNoFilesystem,
    proxmoxRunsInfrastructureOnly,
    runtimeStateLivesOnTheNas,
    userAppsAreComposeStacks,
    userComputeKeepsDataLocal,
  ],
  access: [
    authoritativeDataIsWrittenSynchronously,
    computeComesByNfsOrIscsi,
    copiesComeFromKnownAddresses,
    copiesComeInForZfsOnly,
    exportsNameTheirClients,
    exportsSquashRoot,
    nfsAndIscsiStayOnStorageNetwork,
    nfsIsVersion4,
    oneGatewayLeadsOut,
    peopleComeBySmb,
    privateDataAdmitsNoGuests,
  ],
  protection: [
    authoritativeDataHasCopyOnAnotherHost,
    authoritativeDataHasOffsiteCopy,
    authoritativeDataHasRestoreTest,
    authoritativeDataHasSnapshots,
    capacityAlertsAreSent,
    cloudsAreReachedByHttps,
    configurationCopiesCanBeOpened,
    copiesAreKeptAsLong,
    copiesCarrySomething,
    copiesMeetRpo,
    copyLiesOnAHostThatIsThere,
    disposableDataIsNeverBackedUp,
    poolIsScrubbed,
    replicationAlertsAreSent,
    replicationHoldsPendingSnapshots,
    replicationLeavesItsPool,
    replicationLeavesItsSource,
    replicationOverwritesAsDeclared,
    repositoryHasItsOwnFolder,
    repositoryHasItsOwnKey,
    restoreTestIsRecent,
    runtimeDataHasCopyOnAnotherPool,
    runtimeDataHasSnapshots,
    scrubAlertsAreSent,
    smartAlertsAreSent,
    snapshotsMeetRpo,
    tasksReachMadeVolumes,
    volumesAreNotLeftToFileCopies,
  ],
  capacity: [
    leafDatasetHasQuota,
    poolIsNotOverCommitted,
    poolKeepsHeadroom,
    quotaAlertsComeInTime,
    reservationsFitPool,
  ],
  kubernetes: [
    classDeletesWhatMayGo,
    classOfAuthoritativeDataRetains,
    clusterHasOneDefaultClass,
    dataLivesInOneBackend,
    localPathForWhatMayBeLost,
    longhornOnlyForSqlite,
    mediaIsMountedReadOnly,
    nfsMountsAreHard,
    nfsMountsAreVersion41,
    noCephForApplications,
    noEmptyDirForDataOfValue,
    noHostPathForDataOfValue,
    sqliteNeverOnNfs,
    volumeNamesOneClass,
  ],
  machines: [
    deviceIsClaimedOnce,
    managementHoldsNoWorkloads,
    passThroughUsesMapping,
    storageVmHasNoBallooning,
    storageVmIsDualHomed,
    storageVmIsNotHighlyAvailable,
    storageVmIsProtected,
    storageVmStartsFirst,
  ],
  safety: [
    authoritativeDataIsNotDestroyed,
    authoritativeDataIsProtected,
    nameIsNotShadowed,
    noSecretInPlainText,
    poolIsNotDestroyed,
    poolIsProtected,
    secretsStayOutOfArguments,
  ],
};

/** Every rule of the pack. */
export const rules: readonly Rule[] = Object.values(ROOMS).flat();
