import type { Dialect } from "../versions.ts";

/** How bad an alert is, the least first. */
export const LEVELS = ["INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"] as const;
export type Level = (typeof LEVELS)[number];

const CATEGORIES = {
  CERTIFICATES: "Certificates",
  HARDWARE: "Hardware",
  NETWORK: "Network",
  REPORTING: "Reporting",
  SECURITY: "Security",
  SHARING: "Sharing",
  STORAGE: "Storage",
  SYSTEM: "System",
  TASKS: "Tasks",
  UPS: "UPS",
} as const;
type Category = keyof typeof CATEGORIES;

/** A kind of alert. */
export interface AlertClass {
  readonly id: string;
  readonly category: Category;
  readonly level: Level;
  readonly title: string;
  /** Python's format of its sentence; the title where there is none. */
  readonly text?: string;
  /** The release without which it is not there. */
  readonly only?: Dialect;
  /** Raised by what happens rather than found by looking; `kept` ones stay until somebody dismisses them. */
  readonly oneShot?: "ends" | "kept";
  /** The vendor can be told of it. */
  readonly support?: true;
}

const space = "Space usage for pool '%(volume)s' is %(capacity)d%%.";
const quota = "%(name)s exceeded on dataset %(dataset)s. Used %(used_fraction).2f%% (%(used)s of %(quota_value)s).";

type Entry = readonly [id: string, level: Level, title: string, text?: string | undefined, more?: Partial<AlertClass>];

const storage: readonly Entry[] = [
  ["ZpoolCapacityNotice", "NOTICE", "Pool Space Usage Is Above 85%", space, { support: true }],
  ["ZpoolCapacityWarning", "WARNING", "Pool Space Usage Is Above 90%", space, { support: true }],
  ["ZpoolCapacityCritical", "CRITICAL", "Pool Space Usage Is Above 95%", space, { support: true }],
  ["QuotaWarning", "WARNING", "Quota Exceeded on Dataset", quota],
  ["QuotaCritical", "CRITICAL", "Critical Quota Exceeded on Dataset", quota],
  [
    ...(["VolumeStatus", "CRITICAL", "Pool Status Is Not Healthy"] as const),
    "Pool %(volume)s state is %(state)s: %(status)s%(devices)s",
    { support: true },
  ],
  ["ScrubPaused", "WARNING", "Scrub Is Paused", "Scrub for pool %r is paused for more than 8 hours."],
  [
    ...(["SnapshotCount", "WARNING", "Too Many Snapshots Exist For Dataset"] as const),
    "SMB share %(dataset)s has more snapshots (%(count)d) than recommended (%(max)d). File Explorer may not display all snapshots in the Previous Versions tab.",
  ],
  [
    ...(["SnapshotTotalCount", "WARNING", "Too Many Snapshots Exist"] as const),
    "Your system has more snapshots (%(count)d) than recommended (%(max)d). Performance or functionality might degrade.",
  ],
];

const tasks: readonly Entry[] = [
  ["SnapshotFailed", "CRITICAL", "Snapshot Task Failed", 'Snapshot Task For Dataset "%(name)s" failed: %(message)s.'],
  ["ReplicationSuccess", "INFO", "Replication Succeeded", 'Replication "%(name)s" succeeded.'],
  ["ReplicationFailed", "CRITICAL", "Replication Failed", 'Replication "%(name)s" failed: %(message)s.'],
  ...(["Backup", "Sync"] as const).map(
    (noun): Entry => [
      ...([`Cloud${noun}TaskFailed`, "ERROR", `Cloud ${noun} Task Failed`] as const),
      `Cloud ${noun.toLowerCase()} task "%(name)s" failed.`,
      { oneShot: "ends" },
    ],
  ),
  ["ScrubNotStarted", "WARNING", "Scrub Failed to Start", "%s.", { oneShot: "kept" }],
  [
    "ScrubStarted",
    "INFO",
    "Scrub Started",
    "Scrub of pool %r has started. Performance may be degraded during this time.",
  ],
  ["RsyncFailed", "CRITICAL", "Rsync Task Failed"],
  ["RsyncSuccess", "INFO", "Rsync Task Succeeded"],
  ["TaskLocked", "WARNING", "Task Is Unavailable Because It Uses A Locked Dataset", undefined, { oneShot: "kept" }],
];

const of2510 = { only: "25.10" } as const;
const hardware: readonly Entry[] = [
  [
    ...(["SMARTUncorrectedErrors", "WARNING", "Uncorrected Errors Detected"] as const),
    "%(ue)d uncorrectable errors reported for %(name)s (%(serial)s).",
    of2510,
  ],
  [
    ...(["SMARTFailedSelfTest", "WARNING", "Failed Selftest"] as const),
    "%(name)s (%(serial)s) failed a SMART selftest.",
    of2510,
  ],
  ["SMARTSpareBlockCount", "CRITICAL", "Low Spare Block Reserve", undefined, of2510],
  ["SMARTEraseCycleCount", "WARNING", "High Erase Cycle Count", undefined, of2510],
  ["DiskTemperatureTooHot", "CRITICAL", "Disk Temperature Is Too Hot", undefined, of2510],
  ["SMART", "CRITICAL", "S.M.A.R.T. Error", "%(message)s.", { only: "25.04", oneShot: "kept", support: true }],
  ["Smartd", "WARNING", "smartd Is Not Running", "smartd is not running.", { only: "25.04" }],
];

const others: Readonly<Partial<Record<Category, readonly Entry[]>>> = {
  CERTIFICATES: [["CertificateIsExpiring", "NOTICE", "Certificate Is Expiring"]],
  REPORTING: [["SyslogNg", "WARNING", "syslog-ng Is Not Running", "%s"]],
  SHARING: [
    ["ShareLocked", "WARNING", "Share Is Unavailable Because It Uses A Locked Dataset", undefined, { oneShot: "kept" }],
    [
      ...(["ISCSIPortalIP", "WARNING", "IP Addresses Bound to an iSCSI Portal Were Not Found"] as const),
      "These IP addresses are bound to an iSCSI Portal but not found: %s.",
    ],
  ],
  SYSTEM: [
    ["APIFailedLogin", "WARNING", "API Login Failures"],
    ["SSHLoginFailures", "WARNING", "SSH Login Failures"],
    ["EncryptedDataset", "WARNING", "Unencrypted datasets detected within encrypted datasets"],
    ["HasUpdate", "INFO", "Update Available"],
    ["NTPHealthCheck", "WARNING", "NTP Health Check Failed"],
  ],
  UPS: [["UPSOnBattery", "CRITICAL", "UPS On Battery", undefined, { oneShot: "ends" }]],
};

const classesIn = (category: Category, entries: readonly Entry[]): AlertClass[] =>
  entries.map(([id, level, title, text, more]) => ({
    ...{ id, category, level, title },
    ...(text === undefined ? {} : { text }),
    ...more,
  }));

/** Every class that the simulated appliances know: those that they raise, and some that people set all the same. */
export const ALERT_CLASSES: readonly AlertClass[] = [
  ...classesIn("STORAGE", storage),
  ...classesIn("TASKS", tasks),
  ...classesIn("HARDWARE", hardware),
  ...(Object.keys(others) as Category[]).flatMap((category) => classesIn(category, others[category] ?? [])),
];

/** The class of that name in a release, or undefined. */
export function alertClass(id: string, dialect: Dialect): AlertClass | undefined {
  return ALERT_CLASSES.find((each) => each.id === id && (each.only ?? dialect) === dialect);
}

/** `alert.list_categories`: what a release can tell of. */
export function categories(dialect: Dialect): readonly Record<string, unknown>[] {
  const byTitle = (a: AlertClass, b: AlertClass) => (a.title < b.title ? -1 : 1);
  return Object.entries(CATEGORIES).flatMap(([id, title]) => {
    const classes = ALERT_CLASSES.filter((each) => each.category === id && (each.only ?? dialect) === dialect);
    const shown = [...classes].sort(byTitle).map((each) => ({
      ...{ id: each.id, title: each.title, level: each.level },
      proactive_support: each.support ?? false,
    }));
    return shown.length === 0 ? [] : [{ id, title, classes: shown }];
  });
}
