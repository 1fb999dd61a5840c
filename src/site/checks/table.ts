import { addressInNetwork, uniqueAddresses } from "./addresses.ts";
import { thresholdsAscend } from "./alerts.ts";
import type { Check } from "./check.ts";
import { containersHoldNoData, promotionHasHome, promotionIsPlanned } from "./classes.ts";
import { clusterIsComplete, controlPlanesAreOdd, firstControlPlaneIsNamed, nodeHasHardware } from "./clusters.ts";
import { certificateIsConfirmed } from "./configuration-copies.ts";
import { bootDisksStay, deviceIsClaimedOnce, oneNamePerDevice } from "./devices.ts";
import { createConfirmsDisks, spareFitsDisks, uniqueDisks } from "./disks.ts";
import { backupLeavesStorage, machineHasHypervisor, storageStartsFirst } from "./host-machines.ts";
import {
  bridgeIsConfirmed,
  oneBridgePerNetwork,
  oneMtuPerNetwork,
  proxmoxFitsHost,
  vlanIsOnBridge,
} from "./hypervisors.ts";
import { oneDefaultGateway, servicesSayWhere } from "./listening.ts";
import { hostStateHasReason, uniqueHostNames, uniqueVmIds, vmIdFitsHost } from "./machines.ts";
import { networksDoNotOverlap, uniqueVlans } from "./networks.ts";
import { endpointFitsProvider, offsiteCarriesFiles, offsiteIsComplete, oneRepositoryPerFolder } from "./offsites.ts";
import {
  aclFitsDataset,
  consumersReachData,
  modeOrAcl,
  oneNfsIdentity,
  othersCannotWrite,
  parentsLetPass,
} from "./permissions.ts";
import { referencesLeadSomewhere } from "./references.ts";
import { copiesComeIn, copiesShareNetwork, receiverIsKnown, scratchTargetIsEmpty } from "./replication-ways.ts";
import {
  lifetimesCanBeToldApart,
  oneCopyPerTarget,
  replicationExcludes,
  replicationHasSnapshots,
  replicationLeavesSource,
  replicationTarget,
} from "./replications.ts";
import { restoreTestFitsTier, restoreTestHasCopy, restoreTestHasFiles } from "./restore-tests.ts";
import { lifetimeOutlivesInterval, scrubThreshold } from "./schedules.ts";
import {
  clientsDiffer,
  servicesServeShares,
  shareCommentFits,
  shareHasClients,
  uniqueShareNames,
  uniqueTargets,
} from "./shares.ts";
import { siteSize } from "./site-size.ts";
import { snapshotExcludes, snapshotNamesDiffer } from "./snapshots.ts";
import { quotaWithinParent, reservationsFitPool, reservationWithinQuota, zvolFits } from "./space.ts";
import { oneVdevType, vdevWidth } from "./vdevs.ts";
import { datasetNameLength, oneVolumePerPath, parentIsDeclared } from "./volumes.ts";
import { uniqueWaivers, waiverCoversSomething } from "./waivers.ts";

/** Every cross check, in the order in which their findings are told. */
export const CHECKS: readonly Check[] = [
  siteSize,
  referencesLeadSomewhere,
  networksDoNotOverlap,
  uniqueVlans,
  uniqueHostNames,
  hostStateHasReason,
  uniqueAddresses,
  addressInNetwork,
  uniqueVmIds,
  vmIdFitsHost,
  proxmoxFitsHost,
  machineHasHypervisor,
  oneBridgePerNetwork,
  vlanIsOnBridge,
  bridgeIsConfirmed,
  oneMtuPerNetwork,
  oneNamePerDevice,
  deviceIsClaimedOnce,
  bootDisksStay,
  storageStartsFirst,
  backupLeavesStorage,
  clusterIsComplete,
  nodeHasHardware,
  controlPlanesAreOdd,
  firstControlPlaneIsNamed,
  uniqueDisks,
  vdevWidth,
  oneVdevType,
  spareFitsDisks,
  createConfirmsDisks,
  scrubThreshold,
  parentIsDeclared,
  oneVolumePerPath,
  datasetNameLength,
  quotaWithinParent,
  reservationWithinQuota,
  reservationsFitPool,
  zvolFits,
  promotionIsPlanned,
  promotionHasHome,
  containersHoldNoData,
  modeOrAcl,
  aclFitsDataset,
  oneNfsIdentity,
  consumersReachData,
  parentsLetPass,
  othersCannotWrite,
  shareHasClients,
  clientsDiffer,
  shareCommentFits,
  uniqueShareNames,
  uniqueTargets,
  servicesServeShares,
  servicesSayWhere,
  oneDefaultGateway,
  lifetimeOutlivesInterval,
  snapshotNamesDiffer,
  snapshotExcludes,
  replicationTarget,
  replicationLeavesSource,
  oneCopyPerTarget,
  replicationHasSnapshots,
  restoreTestHasCopy,
  restoreTestFitsTier,
  restoreTestHasFiles,
  replicationExcludes,
  lifetimesCanBeToldApart,
  copiesComeIn,
  copiesShareNetwork,
  receiverIsKnown,
  scratchTargetIsEmpty,
  offsiteIsComplete,
  endpointFitsProvider,
  oneRepositoryPerFolder,
  offsiteCarriesFiles,
  certificateIsConfirmed,
  thresholdsAscend,
  uniqueWaivers,
  waiverCoversSomething,
];
