import { adopt } from "./adopt.ts";
import type { Properties } from "./property.ts";
import { defineType } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const properties = {
  comment: {
    kind: "string",
    doc: "What it is for; it tells the portals apart, and targets name it. A change makes a new portal.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  listen: {
    kind: "list",
    doc: "Addresses of the appliance that it listens on, each in one portal only.",
    items: {
      kind: "object",
      doc: "Where a portal listens.",
      typeName: "IscsiListen",
      fields: {
        ip: { kind: "string", doc: "An address, or 0.0.0.0 for all of them.", required: true, rule: "address" },
      },
    },
    required: true,
    compare: "set",
    unique: true,
    minItems: 1,
  },
  adopt: adopt("a portal of this comment"),
} as const satisfies Properties;

/** Where iSCSI targets are reached. */
export const iscsiPortal = defineType({
  name: "IscsiPortal",
  doc: "Addresses on which iSCSI targets are reached.",
  properties,
  ...rowObject("iscsi.portal", properties),
  idOf: (inputs) => String(inputs["comment"]),
  idForm: "comment",
  idOfRow: (row) => String(row["comment"]),
});
