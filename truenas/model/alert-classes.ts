import type { Dialect } from "./resource-type.ts";

/** How TrueNAS tells of something. */
export interface AlertClassFacts {
  /** How bad it is unless somebody says otherwise. */
  readonly level: "INFO" | "NOTICE" | "WARNING" | "ERROR" | "CRITICAL";
  /** When the appliance notices, in words that follow "notices". */
  readonly notices: string;
  /** The generation of the middleware without which the class is not there; to state it elsewhere is refused. */
  readonly only?: Dialect;
}

const EVERY_5_MINUTES = "within 5 minutes";
const HOURLY = "within the hour (25.04: 5 minutes)";
const AT_ONCE = "within a minute";
const EVERY_90_MINUTES = "within 90 minutes";

/** Alert classes that this project relies on, by the name that TrueNAS has for them. */
export const ALERT_CLASS_FACTS: Readonly<Record<string, AlertClassFacts>> = {
  ZpoolCapacityNotice: { level: "NOTICE", notices: EVERY_5_MINUTES },
  ZpoolCapacityWarning: { level: "WARNING", notices: EVERY_5_MINUTES },
  ZpoolCapacityCritical: { level: "CRITICAL", notices: EVERY_5_MINUTES },
  QuotaWarning: { level: "WARNING", notices: HOURLY },
  QuotaCritical: { level: "CRITICAL", notices: HOURLY },
  VolumeStatus: { level: "CRITICAL", notices: AT_ONCE },
  ScrubPaused: { level: "WARNING", notices: "after 8 hours" },
  ScrubNotStarted: { level: "WARNING", notices: "when it should start" },
  SMARTUncorrectedErrors: { level: "WARNING", notices: EVERY_90_MINUTES, only: "25.10" },
  SMARTFailedSelfTest: { level: "WARNING", notices: EVERY_90_MINUTES, only: "25.10" },
  SMARTSpareBlockCount: { level: "CRITICAL", notices: EVERY_90_MINUTES, only: "25.10" },
  SMARTEraseCycleCount: { level: "WARNING", notices: EVERY_90_MINUTES, only: "25.10" },
  SMART: { level: "CRITICAL", notices: "when smartd sees it, until dismissed", only: "25.04" },
  Smartd: { level: "WARNING", notices: AT_ONCE, only: "25.04" },
  SnapshotFailed: { level: "CRITICAL", notices: AT_ONCE },
  SnapshotCount: { level: "WARNING", notices: "at 01:00" },
  SnapshotTotalCount: { level: "WARNING", notices: "at 01:00" },
  ReplicationFailed: { level: "CRITICAL", notices: AT_ONCE },
  CloudBackupTaskFailed: { level: "ERROR", notices: "at the end of the run" },
  CloudSyncTaskFailed: { level: "ERROR", notices: "at the end of the run" },
};

/** True for a class that a release such as `25.10` has, as far as is known here. */
export function hasAlertClass(version: string, name: string): boolean {
  const only = ALERT_CLASS_FACTS[name]?.only;

  return only === undefined || version === only;
}
