import { fingerprint } from "./fingerprint.ts";
import { disksTaken, poolTopologyPayload } from "./pool-disks.ts";
import {
  declaredTopology,
  FEWEST_DISKS,
  type Seen,
  sameTopology,
  seenTopology,
  serialsOf,
  topologyFields,
  topologyValue,
} from "./pool-topology.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { Refused } from "./refused.ts";
import {
  type Call,
  type Change,
  defineType,
  type Live,
  type LiveContext,
  type PlanContext,
  type Problem,
  type Row,
} from "./resource-type.ts";
import { isKnown } from "./unknown.ts";

const properties = {
  name: { kind: "string", doc: "Name of the pool.", required: true, replaces: true, rule: "poolName", maxLength: 50 },
  topology: {
    kind: "object",
    doc: "Vdevs with their disks by serial number. It is compared and never changed: growing a pool is done by hand.",
    typeName: "PoolTopology",
    fields: topologyFields,
    required: true,
  },
  create: {
    kind: "string",
    doc: "Confirmation that the pool may be created over exactly these disks: their fingerprint. Without it a pool is only adopted.",
    providerSide: true,
    hint: true,
  },
  autotrim: {
    kind: "enum",
    doc: "Tells SSDs of freed blocks.",
    values: ["ON", "OFF"],
    default: "OFF",
  },
} as const satisfies Properties;

/** A storage pool: adopted when present, created only on confirmation, never destroyed. */
export const pool = defineType({
  name: "Pool",
  doc: "A ZFS pool. One that is present with the same disks is adopted; one that is absent is created only when `create` repeats the fingerprint of its disks; none is ever destroyed.",
  properties,
  outputs: {
    guid: { kind: "string", doc: "ZFS identity of the pool." },
    status: { kind: "string", doc: "Health, e.g. `ONLINE` or `DEGRADED`." },
    path: { kind: "string", doc: "Where it is mounted, e.g. `/mnt/tank`." },
    rowId: { kind: "integer", doc: "Row id in the middleware." },
  },
  reading: { by: "namespace", namespace: "pool" },
  needs: ["disk"],
  invalidates: { create: ["pool.dataset", "pool.scrub"] },
  effect: ({ method, params }) => (method === "pool.create" ? disksTaken(params[0]) : undefined),
  idOf: (inputs) => String(inputs["name"]),
  idForm: "pool name",
  idOfRow: (row) => String(row["name"]),
  live,
  create,
  afterCreate: (inputs, row) =>
    inputs["autotrim"] === "ON"
      ? [{ method: "pool.update", params: [row?.["id"] ?? `<pool ${inputs["name"]}>`, { autotrim: "ON" }] }]
      : [],
  update,
  removal: { kind: "never", noun: "pool" },
  derive: (inputs) => (isKnown(inputs["name"]) ? { path: `/mnt/${inputs["name"]}` } : {}),
  check,
  takesOver: (row, inputs, context) => sameDisks(row, inputs, context),
  conflict: (row, inputs, context) => (sameDisks(row, inputs, context) ? undefined : otherDisks(row, inputs, context)),
  same: { topology: (a, b) => sameTopology(declaredTopology(a), declaredTopology(b)) },
});

function live(row: Row, context: LiveContext): Live {
  const seen = seenTopology(row, context.rows("disk") ?? []);
  const stated = context.inputs?.["topology"];
  const same = stated !== undefined && sameTopology(declaredTopology(stated), seen);
  const autotrim = isRecord(row["autotrim"]) ? row["autotrim"]["rawvalue"] : row["autotrim"];

  return {
    values: {
      name: row["name"],
      topology: same ? stated : topologyValue(seen),
      autotrim: String(autotrim ?? "off").toUpperCase(),
    },
    outputs: { guid: row["guid"], status: row["status"], path: row["path"] ?? `/mnt/${row["name"]}`, rowId: row["id"] },
  };
}

function create(inputs: Values, context: PlanContext): readonly Call[] {
  const serials = serialsOf(declaredTopology(inputs["topology"]));
  const expected = fingerprint(serials);
  const diskRows = context.rows("disk");
  if (diskRows && inputs["create"] !== expected) {
    const seen =
      inputs["create"] === undefined
        ? "is not confirmed for creation"
        : `is confirmed for other disks (create is "${inputs["create"]}")`;
    throw new Refused(
      `pool "${inputs["name"]}" is not on this appliance and ${seen}; creating it erases these disks: ${serials.join(", ")}. ` +
        `If they are right, state  create: ${expected}  in the pool and run up again`,
    );
  }

  return [
    {
      method: "pool.create",
      params: [{ name: inputs["name"], topology: poolTopologyPayload(inputs["topology"], diskRows) }],
    },
  ];
}

function update(change: Change): readonly Call[] {
  if ("topology" in change.changed) throw new Refused(topologyAdvice(String(change.news["name"])));
  const rowId = change.rowId ?? `<pool ${change.id}>`;

  return "autotrim" in change.changed
    ? [{ method: "pool.update", params: [rowId, { autotrim: change.changed["autotrim"] }] }]
    : [];
}

function check(inputs: Values, olds: Values | undefined): readonly Problem[] {
  const declared = declaredTopology(inputs["topology"]);
  const before = olds?.["name"] === inputs["name"] ? olds?.["topology"] : undefined;
  const problems = [...widthProblems(declared), ...duplicateProblems(declared)];
  if (before !== undefined && inputs["topology"] !== undefined && !sameTopology(declaredTopology(before), declared)) {
    problems.push({ property: "topology", reason: topologyAdvice(String(inputs["name"])) });
  }

  return problems;
}

function topologyAdvice(name: string): string {
  return (
    `topology differs from pool "${name}" as it is; changing the disks of a pool is not supported: ` +
    "change them by hand in TrueNAS, run refresh, and state the new topology"
  );
}

function widthProblems(declared: Seen): Problem[] {
  return Object.entries(declared).flatMap(([name, vdevs]) =>
    vdevs
      .filter((vdev) => vdev.disks.length < (FEWEST_DISKS[vdev.type] ?? 1))
      .map((vdev) => ({
        property: `topology.${name}`,
        reason: `${vdev.type} needs at least ${FEWEST_DISKS[vdev.type]} disks and has ${vdev.disks.length}; add disks or choose another type`,
      })),
  );
}

function duplicateProblems(declared: Seen): Problem[] {
  const serials = serialsOf(declared);
  const twice = [...new Set(serials.filter((serial, index) => serials.indexOf(serial) !== index))];

  return twice.map((serial) => ({
    property: "topology",
    reason: `disk ${serial} is named twice; a disk belongs to one vdev`,
  }));
}

function sameDisks(row: Row, inputs: Values, context: LiveContext): boolean {
  return sameTopology(declaredTopology(inputs["topology"]), seenTopology(row, context.rows("disk") ?? []));
}

function otherDisks(row: Row, inputs: Values, context: LiveContext): string {
  const stated = serialsOf(declaredTopology(inputs["topology"]));
  const present = serialsOf(seenTopology(row, context.rows("disk") ?? []));
  const missing = stated.filter((serial) => !present.includes(serial));
  const extra = present.filter((serial) => !stated.includes(serial));
  const parts = [
    ...(missing.length > 0 ? [`stated but not in it: ${missing.join(", ")}`] : []),
    ...(extra.length > 0 ? [`in it but not stated: ${extra.join(", ")}`] : []),
  ];

  return `pool "${inputs["name"]}" exists with another topology (${parts.join("; ") || "same disks, arranged otherwise"}); state its real topology`;
}
