import { credentialsOf } from "../credentials.ts";
import { CallError, errorText, pythonString as quoted, type ValidationErrors } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import type { ReplicationRow } from "../replication/task-row.ts";
import type { SnapshotTaskRow } from "../state/rows.ts";
import { isWithin } from "../zfs/dataset-tree.ts";

/** A replication as it is asked for. */
export type WantedReplication = Omit<ReplicationRow, "id" | "state"> & {
  readonly netcat_active_side: string | null;
  readonly netcat_active_side_listen_address: string | null;
  readonly netcat_active_side_port_min: number | null;
  readonly netcat_active_side_port_max: number | null;
  readonly netcat_passive_side_connect_address: string | null;
  readonly encryption_inherit: boolean | null;
  readonly encryption_key: string | null;
  readonly encryption_key_format: string | null;
  readonly encryption_key_location: string | null;
  readonly compression: string | null;
  readonly speed_limit: number | null;
};

interface Inspection {
  readonly context: Context;
  readonly wanted: WantedReplication;
  readonly tasks: readonly SnapshotTaskRow[];
  add(field: string, message: string): void;
}

const NETCAT_FIELDS = [
  "netcat_active_side_listen_address",
  "netcat_active_side_port_min",
  "netcat_active_side_port_max",
  "netcat_passive_side_connect_address",
] as const;

function checkPush({ wanted, tasks, add }: Inspection): void {
  if (wanted.naming_schema.length > 0) add("naming_schema", "This field has no sense for push replication");
  if (tasks.length === 0 && wanted.also_include_naming_schema.length === 0 && wanted.name_regex === null)
    add(
      "periodic_snapshot_tasks",
      'You must at least either bind a periodic snapshot task or provide "Also Include Naming Schema" or "Name Regex" for push replication task',
    );
  if (wanted.schedule === null && wanted.auto && wanted.periodic_snapshot_tasks.length === 0)
    add(
      "auto",
      "Push replication that runs automatically must be either bound to a periodic snapshot task or have a schedule",
    );
}

function checkPull({ wanted, add }: Inspection): void {
  if (wanted.schedule === null && wanted.auto)
    add("auto", "Pull replication that runs automatically must have a schedule");
  if (wanted.periodic_snapshot_tasks.length > 0)
    add("periodic_snapshot_tasks", "Pull replication can't be bound to a periodic snapshot task");
  if (wanted.naming_schema.length === 0 && wanted.name_regex === null)
    add("naming_schema", "Naming schema or Name regex are required for pull replication");
  if (wanted.also_include_naming_schema.length > 0)
    add("also_include_naming_schema", "This field has no sense for pull replication");
  if (wanted.hold_pending_snapshots)
    add(
      "hold_pending_snapshots",
      "Pull replication tasks can't hold pending snapshots because they don't do source retention",
    );
}

function checkNetcat({ wanted, add }: Inspection): void {
  if (wanted.transport !== "SSH+NETCAT") {
    if (wanted.netcat_active_side !== null)
      add("netcat_active_side", "This field only has sense for SSH+netcat replication");
    for (const field of NETCAT_FIELDS)
      if (wanted[field] !== null) add(field, "This field only has sense for SSH+netcat replication");
    return;
  }
  const { netcat_active_side_port_min: from, netcat_active_side_port_max: to } = wanted;
  if (wanted.netcat_active_side === null)
    add("netcat_active_side", "You must choose active side for SSH+netcat replication");
  if (from !== null && to !== null && from > to)
    add("netcat_active_side_port_max", "Please specify value greater than or equal to netcat_active_side_port_min");
  if (wanted.compression !== null) add("compression", "Compression is not supported for SSH+netcat replication");
  if (wanted.speed_limit !== null) add("speed_limit", "Speed limit is not supported for SSH+netcat replication");
}

function checkTransport({ context, wanted, add }: Inspection): void {
  if (wanted.transport === "LOCAL") {
    if (wanted.ssh_credentials !== null)
      add("ssh_credentials", "Remote credentials have no sense for local replication");
    if (wanted.compression !== null) add("compression", "Compression has no sense for local replication");
    if (wanted.speed_limit !== null) add("speed_limit", "Speed limit has no sense for local replication");
  } else if (wanted.ssh_credentials === null)
    add("ssh_credentials", "SSH Credentials are required for non-local replication");
  else {
    const credential = credentialsOf(context.state).get(wanted.ssh_credentials);
    if (credential === undefined)
      add("ssh_credentials", errorText(new CallError("Credential does not exist", "ENOENT")));
    else if (credential.type !== "SSH_CREDENTIALS")
      add("ssh_credentials", errorText(new CallError("Credential is not of type SSH_CREDENTIALS", "EINVAL")));
  }
}

function checkBinding({ wanted, tasks, add }: Inspection): void {
  for (const [index, dataset] of wanted.source_datasets.entries())
    for (const task of tasks.filter((candidate) => isWithin(dataset, candidate.dataset))) {
      const by = `bound periodic snapshot task`;
      if (!wanted.recursive && task.exclude.includes(dataset))
        add(
          `source_datasets.${index}`,
          `Dataset ${quoted(dataset)} is excluded by ${by} for dataset ${quoted(task.dataset)}`,
        );
      if (!wanted.recursive) continue;
      for (const excluded of task.exclude)
        if (isWithin(excluded, dataset) && !wanted.exclude.includes(excluded))
          add("exclude", `You should exclude ${quoted(excluded)} as ${by} dataset ${quoted(task.dataset)} does`);
    }
}

function checkExclude({ wanted, add }: Inspection): void {
  if (!wanted.recursive && wanted.exclude.length > 0)
    add("exclude", "Excluding child datasets is only supported for recursive replication");
  for (const [index, excluded] of wanted.exclude.entries())
    if (!wanted.source_datasets.some((dataset) => excluded.startsWith(`${dataset}/`)))
      add(`exclude.${index}`, "This dataset is not a child of any of source datasets");
}

function checkWhole({ wanted, tasks, add }: Inspection): void {
  if (!wanted.replicate) return;
  if (!wanted.recursive) add("recursive", "This option is required for full filesystem replication");
  if (wanted.exclude.length > 0) add("exclude", "This option is not supported for full filesystem replication");
  if (!wanted.properties) add("properties", "This option is required for full filesystem replication");
  if (wanted.retention_policy !== "SOURCE")
    add("retention_policy", "Only `Same as Source` retention policy can be used for full filesystem replication");
  for (const [index, dataset] of wanted.source_datasets.entries())
    for (const [other, parent] of wanted.source_datasets.entries())
      if (other !== index && isWithin(dataset, parent))
        add(
          `source_datasets.${index}`,
          `Replication task that replicates the entire filesystem can't replicate both ${quoted(parent)} and its child ${quoted(dataset)}`,
        );
  for (const [index, task] of tasks.entries())
    if (!task.recursive || !wanted.source_datasets.some((dataset) => isWithin(dataset, task.dataset)))
      add(
        `periodic_snapshot_tasks.${index}`,
        "Replication tasks that replicate the entire filesystem can only use periodic snapshot tasks that take recursive snapshots of the dataset being replicated (or its ancestor)",
      );
}

function checkEncryption({ wanted, add }: Inspection): void {
  if (!wanted.encryption || wanted.encryption_inherit) return;
  for (const field of ["encryption_key", "encryption_key_format", "encryption_key_location"] as const)
    if (wanted[field] === null) add(field, "This property is required when remote dataset encryption is enabled");
}

function checkSchedule({ wanted, add }: Inspection): void {
  if (wanted.schedule !== null && !wanted.auto)
    add("schedule", "You can't have schedule for replication that does not run automatically");
  if (wanted.schedule === null && wanted.only_matching_schedule)
    add("only_matching_schedule", "You can't have only-matching-schedule without schedule");
}

function checkPattern({ wanted, tasks, add }: Inspection): void {
  if (wanted.name_regex === null) return;
  try {
    new RegExp(`^(?:${wanted.name_regex})$`);
  } catch (error) {
    add("name_regex", `Invalid regex: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (tasks.length > 0) add("name_regex", "Naming regex can't be used with periodic snapshot tasks");
  if (wanted.naming_schema.length > 0 || wanted.also_include_naming_schema.length > 0)
    add("name_regex", "Naming regex can't be used with Naming schema");
  if (wanted.retention_policy === "CUSTOM")
    add("retention_policy", "Only `Same as Source` and `None` retention policies can be used with Naming regex");
}

function checkRetention({ wanted, add }: Inspection): void {
  if (wanted.retention_policy === "CUSTOM") {
    // The middleware names the value also where the unit is missing.
    if (wanted.lifetime_value === null) add("lifetime_value", "This field is required for custom retention policy");
    if (wanted.lifetime_unit === null) add("lifetime_value", "This field is required for custom retention policy");
    return;
  }
  const senseless = "This field has no sense for specified retention policy";
  if (wanted.lifetime_value !== null) add("lifetime_value", senseless);
  if (wanted.lifetime_unit !== null) add("lifetime_unit", senseless);
  if (wanted.lifetimes.length > 0) add("lifetimes", senseless);
}

function checkEnabled({ wanted, tasks, add }: Inspection): void {
  if (!wanted.enabled) return;
  for (const [index, task] of tasks.entries())
    if (!task.enabled)
      add(
        `periodic_snapshot_tasks.${index}`,
        "You can't bind disabled periodic snapshot task to enabled replication task",
      );
}

const COMMON = [
  checkNetcat,
  checkTransport,
  checkBinding,
  checkExclude,
  checkWhole,
  checkEncryption,
  checkSchedule,
  checkPattern,
  checkRetention,
  checkEnabled,
] as const;

/** Every reason against a replication, in the order in which the middleware finds them. */
export function checkReplication(
  context: Context,
  errors: ValidationErrors,
  prefix: string,
  wanted: WantedReplication,
): void {
  const add = (field: string, message: string) => void errors.add(`${prefix}.${field}`, message);
  const found = wanted.periodic_snapshot_tasks.map((id) => context.state.snapshotTasks.get(id));
  const push = wanted.direction === "PUSH";
  const tasks = push ? found.filter((task) => task !== undefined) : [];
  const inspection: Inspection = { context, wanted, tasks, add };
  if (push)
    for (const [index, task] of found.entries())
      if (task === undefined) add(`periodic_snapshot_tasks.${index}`, "This snapshot task does not exist");
  if (push) checkPush(inspection);
  else checkPull(inspection);
  for (const check of COMMON) check(inspection);
}
