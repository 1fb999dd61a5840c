import type { Lifetime } from "../scheduling/lifetime.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { CronSchedule, SnapshotTaskRow, WindowSchedule } from "../state/rows.ts";
import type { Table } from "../state/store.ts";

/** How long copies are kept of snapshots that were taken at certain times. */
export interface SpecialLifetime extends Lifetime {
  readonly schedule: CronSchedule;
}

/** What a replication does, whether it is kept as a task or runs once. */
export interface ReplicationSpec {
  readonly direction: "PUSH" | "PULL";
  readonly transport: "SSH" | "SSH+NETCAT" | "LOCAL";
  /** Row of the SSH connection. */
  readonly ssh_credentials: number | null;
  readonly sudo: boolean;
  readonly source_datasets: readonly string[];
  readonly target_dataset: string;
  readonly recursive: boolean;
  readonly exclude: readonly string[];
  readonly properties: boolean;
  readonly properties_exclude: readonly string[];
  readonly properties_override: Readonly<Record<string, string>>;
  readonly replicate: boolean;
  readonly encryption: boolean;
  /** Rows of snapshot tasks. */
  readonly periodic_snapshot_tasks: readonly number[];
  readonly naming_schema: readonly string[];
  readonly also_include_naming_schema: readonly string[];
  readonly name_regex: string | null;
  readonly auto: boolean;
  readonly schedule: WindowSchedule | null;
  readonly restrict_schedule: WindowSchedule | null;
  readonly only_matching_schedule: boolean;
  readonly allow_from_scratch: boolean;
  readonly readonly: "SET" | "REQUIRE" | "IGNORE";
  readonly hold_pending_snapshots: boolean;
  readonly retention_policy: "SOURCE" | "CUSTOM" | "NONE";
  readonly lifetime_value: number | null;
  readonly lifetime_unit: SnapshotTaskRow["lifetime_unit"] | null;
  readonly lifetimes: readonly SpecialLifetime[];
  readonly retries: number;
  readonly enabled: boolean;
}

/** How a task's last run ended. */
export interface Outcome {
  readonly state: "PENDING" | "FINISHED" | "ERROR";
  readonly at?: number;
  readonly error?: string;
  readonly warnings?: readonly string[];
  readonly last_snapshot?: string;
}

/** A replication task as it is stored. */
export interface ReplicationRow extends ReplicationSpec {
  readonly id: number;
  readonly name: string;
  readonly state: Outcome;
}

/** Every replication task. */
export const replicationsOf = (state: ApplianceState): Table<ReplicationRow> => state.table("replication");

/** The snapshot tasks that a replication is bound to, as far as they are still there. */
export function boundTasks(state: ApplianceState, spec: ReplicationSpec): SnapshotTaskRow[] {
  return spec.periodic_snapshot_tasks.flatMap((id) => state.snapshotTasks.get(id) ?? []);
}
