import { adopt } from "./adopt.ts";
import type { ListProperty, Properties } from "./property.ts";
import { cronFields, windowFields } from "./schedule.ts";

const UNITS = ["HOUR", "DAY", "WEEK", "MONTH", "YEAR"] as const;

const everyField = {
  ...cronFields,
  minute: { ...cronFields.minute, default: "*" },
} as const satisfies Properties;

function names<const D extends string>(doc: D, item: string, rule?: "namingSchema") {
  return {
    kind: "list",
    doc,
    items: { kind: "string", doc: item, ...(rule ? { rule } : {}) },
    compare: "set",
    unique: true,
    default: [],
  } as const satisfies ListProperty;
}

const route = {
  name: {
    kind: "string",
    doc: "What the replication is called; it tells the tasks apart. A change makes a new task.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  direction: {
    kind: "enum",
    doc: "PUSH sends from here, PULL fetches to here.",
    required: true,
    values: ["PUSH", "PULL"],
  },
  transport: {
    kind: "enum",
    doc: "SSH, SSH+NETCAT (unencrypted data), or LOCAL within this appliance.",
    required: true,
    values: ["SSH", "SSH+NETCAT", "LOCAL"],
  },
  sshConnection: {
    kind: "string",
    doc: "Name of the SshConnection to the other side; none for LOCAL.",
    default: null,
    wire: "ssh_credentials",
  },
  netcatActiveSide: {
    kind: "enum",
    doc: "Which side listens, for SSH+NETCAT.",
    values: ["LOCAL", "REMOTE"],
    default: null,
  },
  sudo: {
    kind: "boolean",
    doc: "Runs zfs on the other side through sudo, which must not ask for a password. Default false.",
    default: false,
  },
} as const satisfies Properties;

const contents = {
  sourceDatasets: {
    kind: "list",
    doc: "Datasets whose snapshots are replicated.",
    required: true,
    items: { kind: "string", doc: "Full path of a dataset." },
    compare: "set",
    unique: true,
    minItems: 1,
  },
  targetDataset: { kind: "string", doc: "Dataset that receives them.", required: true, maxLength: 120 },
  recursive: { kind: "boolean", doc: "Includes the datasets below.", required: true },
  exclude: names("Datasets below a source that are left out; needs `recursive`.", "Full path of a dataset."),
  properties: { kind: "boolean", doc: "Sends the datasets' properties along. Default true.", default: true },
  propertiesExclude: names("Properties that are not sent along.", "Name of a ZFS property."),
  propertiesOverride: {
    kind: "map",
    doc: "Properties that the target gets other values for.",
    values: { kind: "string", doc: "Value in ZFS's spelling." },
    default: {},
  },
  replicate: {
    kind: "boolean",
    doc: "Sends the whole file system with all it has, in place of chosen snapshots. Default false.",
    default: false,
  },
} as const satisfies Properties;

const selection = {
  periodicSnapshotTasks: names(
    "Ids of the SnapshotTasks (`dataset@namingSchema`) after which a PUSH runs, and whose snapshots it sends.",
    "Id of a SnapshotTask.",
  ),
  namingSchema: names(
    "Names of the snapshots that a PULL fetches.",
    "Template with strftime placeholders.",
    "namingSchema",
  ),
  alsoIncludeNamingSchema: names(
    "Names of further snapshots that a PUSH sends.",
    "Template with strftime placeholders.",
    "namingSchema",
  ),
  nameRegex: { kind: "string", doc: "Chooses snapshots by a pattern, in place of naming schemas.", default: null },
} as const satisfies Properties;

const automation = {
  auto: { kind: "boolean", doc: "Runs by itself: after its snapshot tasks, or on `schedule`.", required: true },
  schedule: {
    kind: "object",
    doc: "When it runs; without it after its snapshot tasks.",
    typeName: "WindowSchedule",
    fields: windowFields,
    default: null,
  },
  restrictSchedule: {
    kind: "object",
    doc: "Replicates only snapshots taken at these times.",
    typeName: "WindowSchedule",
    fields: windowFields,
    default: null,
  },
  onlyMatchingSchedule: {
    kind: "boolean",
    doc: "Replicates only snapshots taken at the times of `schedule`. Default false.",
    default: false,
  },
  enabled: { kind: "boolean", doc: "Runs at all. Default true.", default: true },
} as const satisfies Properties;

const target = {
  allowFromScratch: {
    kind: "boolean",
    doc: "DESTROYS the target and sends everything anew where the two sides have no snapshot in common. Default false.",
    default: false,
  },
  readonly: {
    kind: "enum",
    doc: "SET makes targets read-only, REQUIRE refuses those that are not, IGNORE leaves them. Default SET.",
    values: ["SET", "REQUIRE", "IGNORE"],
    default: "SET",
  },
  holdPendingSnapshots: {
    kind: "boolean",
    doc: "Keeps snapshots beyond their lifetime until they are replicated. Default false.",
    default: false,
  },
  retentionPolicy: {
    kind: "enum",
    doc: "How long the target keeps snapshots: as the SOURCE does, a CUSTOM time, or for ever (NONE).",
    required: true,
    values: ["SOURCE", "CUSTOM", "NONE"],
  },
  lifetimeValue: {
    kind: "integer",
    doc: "How many units the target keeps a snapshot, for CUSTOM.",
    default: null,
    min: 1,
  },
  lifetimeUnit: { kind: "enum", doc: "Unit of `lifetimeValue`.", values: UNITS, default: null },
  lifetimes: {
    kind: "list",
    doc: "Other times to keep snapshots that were taken at certain times, for CUSTOM.",
    items: {
      kind: "object",
      doc: "A time to keep certain snapshots.",
      typeName: "ReplicationLifetime",
      fields: {
        schedule: {
          kind: "object",
          doc: "When the snapshots were taken.",
          required: true,
          typeName: "LifetimeSchedule",
          fields: everyField,
        },
        lifetimeValue: { kind: "integer", doc: "How many units.", required: true, min: 1 },
        lifetimeUnit: { kind: "enum", doc: "Unit of `lifetimeValue`.", required: true, values: UNITS },
      },
    },
    compare: "set",
    default: [],
  },
} as const satisfies Properties;

const stream = {
  compression: { kind: "enum", doc: "Compresses the SSH stream.", values: ["LZ4", "PIGZ", "PLZIP"], default: null },
  speedLimit: {
    kind: "integer",
    doc: "Most that is sent in a second.",
    unit: "bytes per second",
    default: null,
    min: 1,
  },
  largeBlock: { kind: "boolean", doc: "Sends large blocks as they are. Default true.", default: true },
  embed: { kind: "boolean", doc: "Sends small blocks embedded. Default false.", default: false },
  compressed: { kind: "boolean", doc: "Sends compressed blocks as they are. Default true.", default: true },
  retries: { kind: "integer", doc: "How often a transfer is tried. Default 5.", default: 5, min: 1 },
  loggingLevel: {
    kind: "enum",
    doc: "How much a run writes into its log.",
    values: ["DEBUG", "INFO", "WARNING", "ERROR"],
    default: null,
  },
} as const satisfies Properties;

/** Everything that can be said of a replication task. */
export const replicationProperties = {
  ...route,
  ...contents,
  ...selection,
  ...automation,
  ...target,
  ...stream,
  adopt: adopt("a replication task of this name"),
} as const satisfies Properties;
