import { adopt } from "./adopt.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";
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
  adopt: adopt("a task of this dataset and naming schema"),
} as const satisfies Properties;

/** A periodic snapshot task. */
export const snapshotTask = defineType({
  name: "SnapshotTask",
  doc: "Snapshots of a dataset on a schedule, each kept for a stated time.",
  properties,
  ...rowObject("pool.snapshottask", properties),
  idOf: (inputs) => `${inputs["dataset"]}@${inputs["namingSchema"]}`,
  idForm: "dataset@namingSchema",
  idOfRow: (row) => `${row["dataset"]}@${row["naming_schema"]}`,
  check,
});

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
