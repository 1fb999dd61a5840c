import { ATTACHED } from "./namespaces.ts";
import type { Properties, Values } from "./property.ts";
import { type Change, defineType, type Live, type LiveContext, type Problem, type Row } from "./resource-type.ts";
import { isKnown } from "./unknown.ts";
import { rawValue, readZfsProperties } from "./zfs-cells.ts";
import { createDataset, parentPath, removesUserProperty, updateDataset } from "./zfs-payload.ts";
import { commonZfsProperties } from "./zfs-properties.ts";

const DEFAULT_BLOCK = "16K";
const BLOCK_BYTES: Readonly<Record<string, number>> = { "512": 512, "512B": 512 };

const properties = {
  name: {
    kind: "string",
    doc: "Full path below the pool, e.g. `tank/vm-disk`; the parent must exist. A change makes a new volume.",
    required: true,
    replaces: true,
    rule: "datasetName",
  },
  volsize: {
    kind: "integer",
    doc: "Size in bytes, a multiple of `volblocksize`; it can grow and never shrink.",
    required: true,
    min: 512,
    unit: "bytes",
  },
  volblocksize: {
    kind: "string",
    doc: "Block size, 512 to 128K, fixed at creation. Default 16K.",
    replaces: true,
    rule: "volumeBlockSize",
    compare: "size",
  },
  sparse: {
    kind: "boolean",
    doc: "Reserves no space. Default false when it is made; later it is left as it is unless stated.",
  },
  snapdev: {
    kind: "enum",
    doc: "Whether snapshots appear as devices.",
    values: ["HIDDEN", "VISIBLE"],
    inheritable: true,
  },
  ...commonZfsProperties,
} as const satisfies Properties;

/** A ZFS volume: a block device in a pool. */
export const zvol = defineType({
  name: "Zvol",
  doc: "A ZFS volume: a block device of fixed size, for iSCSI and virtual machines.",
  properties,
  outputs: { pool: { kind: "string", doc: "The pool that holds it." } },
  reading: { by: "namespace", namespace: "pool.dataset" },
  invalidates: { delete: ATTACHED },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "pool/path",
  idOfRow: (row) => (row["type"] === "VOLUME" ? String(row["id"]) : undefined),
  live,
  create: (inputs, context) => [createDataset("VOLUME", properties, inputs, context)],
  update: (change, context) => updateDataset(properties, withReservation(change), context),
  updateNeedsRow: removesUserProperty,
  removal: {
    kind: "guarded",
    noun: "zvol",
    call: (id) => ({ method: "pool.dataset.delete", params: [id, { recursive: false, force: false }] }),
  },
  derive: (inputs) => (isKnown(inputs["name"]) ? { pool: inputs["name"].split("/")[0] } : {}),
  check,
  marked: (row, marker) => rawValue(row, "managedby") === marker,
});

/**
 * A volume that is not sparse carries a reservation of its own size, which nobody declared. Where the program states a
 * reservation, that alone is compared.
 */
function live(row: Row, context: LiveContext): Live {
  const parent = parentPath(String(row["id"]));
  const parentRow = context.rows("pool.dataset")?.find((candidate) => candidate["id"] === parent);
  const { values, ambiguous } = readZfsProperties(properties, row, parentRow);
  const reserved = Number(values["refreservation"] ?? 0);
  const stated = Number(context.inputs?.["refreservation"] ?? 0) > 0;
  const sparse = stated ? context.inputs?.["sparse"] === true : reserved < Number(values["volsize"]);
  if (!sparse && !stated) {
    ambiguous["refreservation"] = reserved;
    values["refreservation"] = 0;
  }

  return { values: { ...values, name: row["id"], sparse }, ambiguous, outputs: { pool: row["pool"] } };
}

/** TrueNAS takes `sparse` at creation only; afterwards it is the reservation that makes the difference. */
function withReservation(change: Change): Change {
  const { sparse = change.news["sparse"], ...rest } = change.changed;
  const released = "refreservation" in rest && change.news["refreservation"] === undefined && sparse === false;
  if (!("sparse" in change.changed) && !released) return change;
  const stated = Number(change.news["refreservation"] ?? 0);
  const refreservation = stated > 0 || sparse === true ? stated : change.news["volsize"];

  return { ...change, changed: { ...rest, refreservation } };
}

function check(inputs: Values, olds: Values | undefined): readonly Problem[] {
  return [...blockProblems(inputs), ...shrinkProblems(inputs, olds)];
}

function blockProblems(inputs: Values): readonly Problem[] {
  const block = String(inputs["volblocksize"] ?? DEFAULT_BLOCK);
  const bytes = BLOCK_BYTES[block] ?? Number.parseInt(block, 10) * 1024;
  const size = inputs["volsize"];
  if (typeof size !== "number" || Number.isNaN(bytes) || size % bytes === 0) return [];

  return [
    {
      property: "volsize",
      reason: `volsize ${size} is not a multiple of volblocksize ${block}; use ${Math.ceil(size / bytes) * bytes}`,
    },
  ];
}

function shrinkProblems(inputs: Values, olds: Values | undefined): readonly Problem[] {
  const before = olds?.["name"] === inputs["name"] ? olds?.["volsize"] : undefined;
  const after = inputs["volsize"];
  if (typeof before !== "number" || typeof after !== "number" || after >= before) return [];

  return [
    {
      property: "volsize",
      reason: `volsize ${after} is smaller than the present ${before} bytes; a volume cannot shrink: make a new one and copy the data`,
    },
  ];
}
