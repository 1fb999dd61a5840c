import { adopt } from "./adopt.ts";
import type { Properties, Values } from "./property.ts";
import { type Call, type Change, defineType, type Problem } from "./resource-type.ts";
import { ownedSnapshots, RETENTION, retentionNotice } from "./retention-impact.ts";
import { rowObject } from "./row-object.ts";
import { windowFields } from "./schedule.ts";
import { UNKNOWN } from "./unknown.ts";

const properties = {
  dataset: {
    kind: "string",
    doc: "Dataset that is snapshotted. A change makes a new task.",
    required: true,
    replaces: true,
  },
  namingSchema: {
    kind: "string",
    doc: "Name of each snapshot with strftime placeholders, e.g. `hourly-%Y-%m-%d_%H-%M`; it tells the tasks of a dataset apart. A change makes a new task.",
    required: true,
    replaces: true,
    rule: "namingSchema",
    maxLength: 150,
  },
  recursive: { kind: "boolean", doc: "Includes the datasets below. Default false.", default: false },
  exclude: {
    kind: "list",
    doc: "Datasets below that are left out; needs `recursive`.",
    items: { kind: "string", doc: "Full path of a dataset." },
    compare: "set",
    unique: true,
    default: [],
  },
  lifetimeValue: { kind: "integer", doc: "How many units a snapshot is kept. Default 2.", default: 2, min: 1 },
  lifetimeUnit: {
    kind: "enum",
    doc: "Unit of `lifetimeValue`. Default WEEK.",
    values: ["HOUR", "DAY", "WEEK", "MONTH", "YEAR"],
    default: "WEEK",
  },
  allowEmpty: { kind: "boolean", doc: "Takes a snapshot although nothing changed. Default true.", default: true },
  enabled: { kind: "boolean", doc: "Runs on schedule. Default true.", default: true },
  schedule: {
    kind: "object",
    doc: "When it runs; default hourly.",
    typeName: "WindowSchedule",
    fields: windowFields,
    default: {},
  },
  keepRemovalDates: {
    kind: "boolean",
    doc: "Snapshots that a changed or removed task no longer owns still go on the day on which they were to go; otherwise they stay for ever. A changed lifetime alone counts for all snapshots of the task, old ones too. Default true.",
    default: true,
    providerSide: true,
    hint: true,
  },
  adopt: adopt("a task of this dataset and naming schema"),
} as const satisfies Properties;

const rows = rowObject("pool.snapshottask", properties);

/** A periodic snapshot task. */
export const snapshotTask = defineType({
  name: "SnapshotTask",
  doc: "Snapshots of a dataset on a schedule, each kept for a stated time.",
  properties,
  ...rows,
  update: (change, context) => rows.update(change, context).map((call) => fixing(call, change)),
  removal: {
    kind: "call",
    call: (_id, row, inputs) => ({
      method: "pool.snapshottask.delete",
      params: [row["id"], { fixate_removal_date: keepsDates(inputs) }],
    }),
  },
  impact: {
    concerns: (changed) => changed.some((name) => RETENTION.has(name)),
    question: ownedSnapshots,
    notice: retentionNotice,
  },
  idOf: (inputs) => `${inputs["dataset"]}@${inputs["namingSchema"]}`,
  idForm: "dataset@namingSchema",
  idOfRow: (row) => `${row["dataset"]}@${row["naming_schema"]}`,
  check,
});

const keepsDates = (inputs: Values) => inputs["keepRemovalDates"] !== false;

/** TrueNAS fixes the dates of snapshots that the changed task no longer owns when it is told to. */
function fixing({ method, params: [rowId, part] }: Call, { changed, news }: Change): Call {
  const concerned = Object.keys(changed).some((name) => RETENTION.has(name));
  const fixed = concerned && keepsDates(news) ? { fixate_removal_date: true } : {};

  return { method, params: [rowId, { ...Object(part), ...fixed }] };
}

function check(inputs: Values): readonly Problem[] {
  const exclude = Array.isArray(inputs["exclude"]) ? inputs["exclude"] : [];
  if (exclude.length === 0) return [];
  if (inputs["recursive"] === UNKNOWN || inputs["dataset"] === UNKNOWN) return [];
  if (inputs["recursive"] !== true) return [needsRecursive];

  return exclude
    .map((path, index) => ({ path, index }))
    .filter(({ path }) => typeof path === "string" && !path.startsWith(`${inputs["dataset"]}/`))
    .map(({ path, index }) => ({
      property: `exclude[${index}]`,
      reason: `"${path}" is not below "${inputs["dataset"]}"; name datasets below it only`,
    }));
}

const needsRecursive = {
  property: "exclude",
  reason: "exclude needs recursive: true; without it nothing below is included",
};
