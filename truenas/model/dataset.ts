import { ATTACHED } from "./namespaces.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Change, defineType, type Live, type LiveContext, type Problem, type Row } from "./resource-type.ts";
import { isKnown } from "./unknown.ts";
import { rawValue, readZfsProperties } from "./zfs-cells.ts";
import { createDataset, parentPath, removesUserProperty, updateDataset } from "./zfs-payload.ts";
import { commonZfsProperties, filesystemProperties } from "./zfs-properties.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Full path below the pool, e.g. `tank/photos`; the parent must exist. A change makes a new dataset.",
    required: true,
    replaces: true,
    rule: "datasetName",
  },
  ...commonZfsProperties,
  ...filesystemProperties,
} as const satisfies Properties;

/** What TrueNAS sets by itself for each `shareType`, so that it need not be declared. */
const SHARE_TYPE_SETS: Readonly<Record<string, Values>> = {
  SMB: { casesensitivity: "INSENSITIVE", acltype: "NFSV4", aclmode: "RESTRICTED" },
  NFS: { casesensitivity: "SENSITIVE", atime: "OFF", acltype: "NFSV4", aclmode: "PASSTHROUGH" },
  MULTIPROTOCOL: { casesensitivity: "SENSITIVE", atime: "OFF", acltype: "NFSV4", aclmode: "PASSTHROUGH" },
  APPS: { casesensitivity: "SENSITIVE", atime: "OFF", acltype: "NFSV4", aclmode: "PASSTHROUGH" },
};

/** A ZFS file system of TrueNAS. */
export const dataset = defineType({
  name: "Dataset",
  doc: "A ZFS file system. A property that is not stated stays as TrueNAS has it; one that is taken out returns to its parent's value.",
  properties,
  outputs: {
    mountpoint: { kind: "string", doc: "Where it is mounted, e.g. `/mnt/tank/photos`." },
    pool: { kind: "string", doc: "The pool that holds it." },
  },
  reading: { by: "namespace", namespace: "pool.dataset" },
  invalidates: { delete: ATTACHED },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "pool/path",
  idOfRow: (row) => (row["type"] === "FILESYSTEM" ? String(row["id"]) : undefined),
  live,
  create: (inputs, context) => [createDataset("FILESYSTEM", properties, inputs, context)],
  update: (change, context) => updateDataset(properties, withAclmode(change), context),
  updateNeedsRow: removesUserProperty,
  removal: {
    kind: "guarded",
    noun: "dataset",
    call: (id) => ({ method: "pool.dataset.delete", params: [id, { recursive: false, force: false }] }),
  },
  derive: (inputs) =>
    isKnown(inputs["name"]) ? { mountpoint: `/mnt/${inputs["name"]}`, pool: inputs["name"].split("/")[0] } : {},
  check,
  implied: (inputs) => SHARE_TYPE_SETS[String(inputs["shareType"])] ?? {},
  marked: (row, marker) => rawValue(row, "managedby") === marker,
});

function live(row: Row, context: LiveContext): Live {
  const parent = parentPath(String(row["id"]));
  const parentRow = context.rows("pool.dataset")?.find((candidate) => candidate["id"] === parent);
  const reading = readZfsProperties(properties, row, parentRow);

  return {
    values: { ...reading.values, name: row["id"] },
    ambiguous: reading.ambiguous,
    outputs: { mountpoint: row["mountpoint"] ?? `/mnt/${row["id"]}`, pool: row["pool"] },
  };
}

/** TrueNAS judges `acltype` together with `aclmode`, also where only the former changes. */
function withAclmode(change: Change): Change {
  const { acltype } = change.changed;
  if (acltype === undefined || "aclmode" in change.changed) return change;
  const aclmode = acltype === "POSIX" || acltype === "OFF" ? "DISCARD" : change.news["aclmode"];

  return aclmode === undefined ? change : { ...change, changed: { ...change.changed, aclmode } };
}

function check(inputs: Values): readonly Problem[] {
  return [...aclProblems(inputs), ...spaceProblems(inputs)];
}

function aclProblems({ acltype, aclmode }: Values): readonly Problem[] {
  if ((acltype === "POSIX" || acltype === "OFF") && typeof aclmode === "string" && aclmode !== "DISCARD") {
    return [
      {
        property: "aclmode",
        reason: `aclmode ${aclmode} does not fit acltype ${acltype}, which allows DISCARD only; use DISCARD, or acltype NFSV4`,
      },
    ];
  }
  if (acltype === "NFSV4" && (aclmode === undefined || aclmode === "DISCARD")) {
    const seen = aclmode === undefined ? "is not stated (a pool's root has DISCARD)" : "is DISCARD";
    return [
      {
        property: "aclmode",
        reason: `acltype NFSV4 needs another aclmode, which ${seen}; use PASSTHROUGH or RESTRICTED`,
      },
    ];
  }

  return [];
}

/** ZFS itself refuses a guarantee larger than the ceiling. */
function spaceProblems(inputs: Values): readonly Problem[] {
  const pairs = [
    ["reservation", "quota"],
    ["refreservation", "refquota"],
  ] as const;

  return pairs.flatMap(([floor, ceiling]) => {
    const low = inputs[floor];
    const high = inputs[ceiling];
    if (isRecord(low) || isRecord(high) || typeof low !== "number" || typeof high !== "number") return [];
    if (high === 0 || low <= high) return [];
    return [
      {
        property: floor,
        reason: `${floor} of ${low} bytes is larger than ${ceiling} of ${high} bytes; lower it or raise the ${ceiling}`,
      },
    ];
  });
}
