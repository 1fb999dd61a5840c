import { adopt } from "./adopt.ts";
import { fromWire, toWire } from "./payload.ts";
import type { Properties, Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import { defineType, type LiveContext, type PlanContext, type Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const TARGET: Reference = { namespace: "iscsi.target", field: "name", noun: "iSCSI target" };
const EXTENT: Reference = { namespace: "iscsi.extent", field: "name", noun: "iSCSI extent" };

const properties = {
  target: {
    kind: "string",
    doc: "Name of the target. A change makes a new mapping.",
    required: true,
    replaces: true,
  },
  extent: {
    kind: "string",
    doc: "Name of the extent, which is in one target only. A change makes a new mapping.",
    required: true,
    replaces: true,
  },
  lunid: {
    kind: "integer",
    doc: "Number of the disk within the target; the lowest free one where it is not stated.",
    min: 0,
    max: 16382,
  },
  adopt: adopt("a mapping of this target and extent"),
} as const satisfies Properties;

const rows = rowObject("iscsi.targetextent", properties, payload);

/** Which target offers which extent. */
export const iscsiTargetExtent = defineType({
  name: "IscsiTargetExtent",
  doc: "An extent that a target offers, and under which number.",
  properties,
  ...rows,
  needs: ["iscsi.target", "iscsi.extent"],
  idOf: (inputs) => `${inputs["target"]}/${inputs["extent"]}`,
  idForm: "target/extent",
  idOfRow,
  live: (row, context) => ({
    values: { ...fromWire(properties, row), ...names(row, context) },
    outputs: { rowId: row["id"] },
  }),
});

function idOfRow(row: Row, context: Pick<LiveContext, "rows">): string {
  const { target, extent } = names(row, context);

  return `${target}/${extent}`;
}

function names(row: Row, { rows: known }: Pick<LiveContext, "rows">): { target: string; extent: string } {
  return { target: nameOf(TARGET, row["target"], known), extent: nameOf(EXTENT, row["extent"], known) };
}

function payload(values: Values, context: PlanContext): Values {
  const { target, extent, ...others } = toWire(properties, values);

  return {
    ...others,
    ...(target === undefined ? {} : { target: rowIdOf(TARGET, target, context.rows) }),
    ...(extent === undefined ? {} : { extent: rowIdOf(EXTENT, extent, context.rows) }),
  };
}
