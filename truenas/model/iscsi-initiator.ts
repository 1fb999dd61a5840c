import { adopt } from "./adopt.ts";
import type { Properties } from "./property.ts";
import { defineType } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const properties = {
  comment: {
    kind: "string",
    doc: "Who they are; it tells the groups apart, and targets name it. A change makes a new group.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  initiators: {
    kind: "list",
    doc: "Names (IQNs) that may connect; none is everybody.",
    items: { kind: "string", doc: "An IQN.", rule: "noBlanks" },
    compare: "set",
    unique: true,
    default: [],
  },
  adopt: adopt("a group of this comment"),
} as const satisfies Properties;

/** Who may connect to iSCSI targets. */
export const iscsiInitiator = defineType({
  name: "IscsiInitiator",
  doc: "A group of iSCSI initiators that may connect.",
  properties,
  ...rowObject("iscsi.initiator", properties),
  idOf: (inputs) => String(inputs["comment"]),
  idForm: "comment",
  idOfRow: (row) => String(row["comment"]),
});
