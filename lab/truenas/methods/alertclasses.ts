import { absent, bool, literal } from "../middleware/kinds.ts";
import type { Methods } from "../middleware/method.ts";
import { dictionary, model } from "../middleware/models.ts";
import { configurationMethods } from "./configuration.ts";

/** Alerts of which the vendor can be told. */
const WITH_SUPPORT: ReadonlySet<string> = new Set(["VolumeStatus", "ZpoolCapacityCritical"]);

/** The classes that people set, of those that an appliance has. */
const CLASSES: ReadonlySet<string> = new Set([
  ...["QuotaWarning", "QuotaCritical", "ZpoolCapacityNotice", "ZpoolCapacityWarning", "ZpoolCapacityCritical"],
  ...["VolumeStatus", "ScrubNotStarted", "ScrubPaused", "SnapshotFailed", "SnapshotCount", "SnapshotTotalCount"],
  ...["ReplicationSuccess", "ReplicationFailed", "CloudSyncTaskFailed", "CloudBackupTaskFailed", "RsyncFailed"],
  ...["RsyncSuccess", "TaskLocked", "ShareLocked", "SMARTUncorrectedErrors", "SMARTFailedSelfTest"],
  ...["SMARTSpareBlockCount", "SMARTEraseCycleCount", "DiskTemperatureTooHot", "UPSOnBattery", "NTPHealthCheck"],
  ...["CertificateIsExpiring", "APIFailedLogin", "SSHLoginFailures", "EncryptedDataset", "HasUpdate"],
]);

const alertClass = model("AlertClassConfiguration", {
  level: absent(literal("INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY")),
  policy: absent(literal("IMMEDIATELY", "HOURLY", "DAILY", "NEVER")),
  proactive_support: absent(bool),
});

/** `alertclasses.*`: how alerts are told. The map is replaced as a whole. */
export const alertClassesMethods: Methods = configurationMethods({
  namespace: "alertclasses",
  argument: "alert_class_update",
  shape: { classes: dictionary(alertClass) },
  initial: () => ({ classes: {} }),
  checked: (_context, errors, settings) => {
    for (const [name, setting] of Object.entries(settings.classes)) {
      const attribute = `alert_class_update.classes.${name}`;
      if (!CLASSES.has(name)) errors.add(attribute, "This alert class does not exist");
      else if (setting.proactive_support !== undefined && !WITH_SUPPORT.has(name))
        errors.add(`${attribute}.proactive_support`, "Proactive support is not supported by this alert class");
    }
    return settings;
  },
});
