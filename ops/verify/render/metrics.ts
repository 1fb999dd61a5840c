/** Every metric by its name without the prefix, with what it counts; all of them are gauges. */
export const METRICS: Readonly<Record<string, string>> = {
  verify_timestamp_seconds: "When the playbook was last worked through, in seconds since 1970.",
  verify_duration_seconds: "How long that took, in seconds.",
  verify_ok: "1 when no check failed, else 0.",
  verify_findings: "Verdicts by check, appliance and status.",
  verify_failed: "1 for everything that is not as it should be; absent when it is.",
  pool_healthy: "1 when the pool is online, healthy and without errors, else 0.",
  pool_used_ratio: "Share of the pool that is used, from 0 to 1.",
  quota_used_ratio: "Share of a dataset's quota that is used, from 0 to 1.",
  iscsi_sessions: "Machines that are logged in to an iSCSI target.",
  scrub_age_seconds: "Seconds since the last scrub of a pool ended.",
  scrub_age_limit_seconds: "How old the last scrub of a pool may be, in seconds.",
  snapshot_age_seconds: "Seconds since the youngest snapshot of the dataset that lags most in a snapshot task.",
  snapshot_age_limit_seconds: "How old the youngest snapshot of a snapshot task may be, in seconds.",
  replication_age_seconds: "Seconds since the newest snapshot of a tier that a replication has carried was taken.",
  replication_age_limit_seconds: "How old that may be, in seconds.",
  offsite_age_seconds: "Seconds since the newest state of a copy outside the house was taken.",
  offsite_age_limit_seconds: "How old that may be, in seconds.",
  pending_snapshots: "Snapshots kept beyond their lifetime until they are replicated.",
  pending_snapshots_bytes: "Bytes that snapshots of their datasets hold, which is the most that those can.",
  restore_test_age_seconds: "Seconds since a restore test was last performed.",
  restore_test_age_limit_seconds: "How old that may be, in seconds.",
  restore_test_duration_seconds: "Seconds that the sample took to be restored.",
  restore_test_state_age_seconds: "How old the newest state was that could be restored, in seconds.",
  service_running: "1 when the service runs, else 0.",
  alerts: "Alerts that nobody has dismissed, by level.",
};

/** What all metrics of this project begin with. */
export const PREFIX = "homelab_";
