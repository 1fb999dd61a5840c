// The site model: what a stack's `homelab:site` may say, and what it means. Components read the parsed site; policies
// may read `vocabulary.ts` directly. Nothing here does I/O or knows Pulumi.

export { blockOf } from "./addresses.ts";
export { bridgeMtu, bridgeOf, type HostInterface, hostInterfaces, vidsOf } from "./bridges.ts";
export { type CapacityRow, capacityTable } from "./capacity.ts";
export { type CarriedTask, carriedTasks, leftOut } from "./carried.ts";
export { type Evidence, evidencePath, parseEvidence, type RestoredFile } from "./evidence.ts";
export { type ExternalCopy, externalCopiesOf } from "./external-copies.ts";
export { hoursOf, type Lifetime, type LifetimeUnit } from "./lifetimes.ts";
export { parseSite } from "./parse.ts";
export type { Grant, Grantee } from "./permissions.ts";
export type {
  CopyPlan,
  DatasetPlan,
  Gap,
  GapCode,
  Loss,
  Place,
  SecondsByLoss,
  SnapshotPlan,
  Tried,
  Waits,
} from "./plan/dataset-plan.ts";
export { formatDuration } from "./plan/durations.ts";
export { sourceAfter } from "./plan/losses.ts";
export { protectionPlan } from "./plan/protection-plan.ts";
export { type Recovery, recoveryFrom } from "./plan/recoveries.ts";
export { type Problem, SiteError } from "./problem.ts";
export { type RestorableCopy, restorableCopies } from "./restored-copies.ts";
export { formatSchedule, gapsInHours, type Schedule } from "./schedules.ts";
export type {
  Access,
  Alerts,
  Appliance,
  Bridge,
  Cloud,
  Cluster,
  ClusterNode,
  ConfigurationCopies,
  DatasetRef,
  DatasetSpec,
  Device,
  Host,
  Image,
  InfrastructureMachine,
  MachineSpec,
  Network,
  NfsAccess,
  Offsite,
  Permissions,
  PoolSpec,
  Proxmox,
  Replication,
  RestoreTestSpec,
  Scrub,
  Site,
  SmbAccess,
  SnapshotSpec,
  SnapshotTier,
  Topology,
  Waiver,
  Workload,
  ZvolSpec,
} from "./site.ts";
export { formatSize } from "./sizes.ts";
export {
  type MachineKind,
  machinesOn,
  type Nic,
  type Startup,
  type VirtualMachine,
  virtualMachinesOf,
} from "./virtual-machines.ts";
export * from "./vocabulary.ts";
