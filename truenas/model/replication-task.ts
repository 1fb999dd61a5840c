import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Values } from "./property.ts";
import { type Reference, rowIdOf } from "./references.ts";
import { Refused } from "./refused.ts";
import { checkReplication } from "./replication-checks.ts";
import { replicationProperties } from "./replication-properties.ts";
import { defineType, type Live, type PlanContext, type Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const CONNECTION: Reference = { namespace: "keychaincredential.connection", field: "name", noun: "SSH connection" };

/** Snapshots that are sent to another appliance, fetched from it, or copied within this one. */
export const replicationTask = defineType({
  name: "ReplicationTask",
  doc: "Snapshots that are sent to another appliance, fetched from there, or copied within this one.",
  properties: replicationProperties,
  ...rowObject("replication", replicationProperties, payload),
  needs: ["keychaincredential.connection", "pool.snapshottask"],
  idOf: (inputs) => String(inputs["name"]),
  idForm: "task name",
  idOfRow: (row) => String(row["name"]),
  live,
  check: checkReplication,
});

function live(row: Row): Live {
  const values = fromWire(replicationProperties, row);
  const connection = isRecord(row["ssh_credentials"]) ? row["ssh_credentials"]["name"] : null;
  const bound = Array.isArray(row["periodic_snapshot_tasks"]) ? row["periodic_snapshot_tasks"].filter(isRecord) : [];

  return {
    values: { ...values, sshConnection: connection, periodicSnapshotTasks: bound.map(taskId) },
    outputs: { rowId: row["id"] },
  };
}

function payload(values: Values, { rows }: PlanContext): Values {
  const { ssh_credentials, periodic_snapshot_tasks: bound, ...others } = toWire(replicationProperties, values);
  const connection = ssh_credentials === null ? null : ssh_credentials && rowIdOf(CONNECTION, ssh_credentials, rows);

  return {
    ...others,
    ...(connection === undefined ? {} : { ssh_credentials: connection }),
    ...(Array.isArray(bound) ? { periodic_snapshot_tasks: bound.map((id) => taskRow(id, rows)) } : {}),
  };
}

const taskId = (row: Values) => `${row["dataset"]}@${row["naming_schema"]}`;

function taskRow(id: unknown, rows: PlanContext["rows"]): unknown {
  const known = rows("pool.snapshottask");
  if (!known) return `<row of snapshot task ${id}>`;
  const found = known.filter((row) => taskId(row) === id);
  if (found.length === 1) return found[0]?.["id"];
  const here = known.map(taskId).join(", ") || "none";
  throw new Refused(
    found.length === 0
      ? `snapshot task "${id}" is not on this appliance (it has: ${here}); create it first, or use one of these`
      : `${found.length} snapshot tasks are "${id}"; remove all but one in TrueNAS, and run again`,
  );
}
