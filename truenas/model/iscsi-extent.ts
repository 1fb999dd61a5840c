import { adopt } from "./adopt.ts";
import { toWire } from "./payload.ts";
import type { Properties, Values } from "./property.ts";
import { Refused } from "./refused.ts";
import { defineType, type PlanContext, type Problem } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Name of the extent. A change makes a new extent.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 64,
  },
  disk: {
    kind: "string",
    doc: "The volume, as zvol/pool/path with + for a blank.",
    required: true,
    rule: "zvolDisk",
  },
  serial: { kind: "string", doc: "Serial number that initiators see; TrueNAS makes one up.", maxLength: 20 },
  blocksize: {
    kind: "integer",
    doc: "Size of logical blocks: 512, 1024, 2048 or 4096. Default 512.",
    default: 512,
    min: 512,
    max: 4096,
    unit: "bytes",
  },
  pblocksize: { kind: "boolean", doc: "Tells no physical block size. Default false.", default: false },
  availThreshold: {
    kind: "integer",
    doc: "Percentage of free space below which initiators are warned.",
    default: null,
    min: 1,
    max: 99,
  },
  comment: { kind: "string", doc: "Free text.", default: "", maxLength: 120 },
  insecureTpc: { kind: "boolean", doc: "Lets initiators copy on the appliance. Default true.", default: true },
  xen: { kind: "boolean", doc: "For Xen initiators. Default false.", default: false },
  rpm: {
    kind: "enum",
    doc: "Speed of the disk that is told. Default SSD.",
    values: ["UNKNOWN", "SSD", "5400", "7200", "10000", "15000"],
    default: "SSD",
  },
  ro: { kind: "boolean", doc: "Refuses writes. Default false.", default: false },
  enabled: { kind: "boolean", doc: "Offers it. Default true.", default: true },
  productId: { kind: "string", doc: "Product that initiators see, from 25.10 on.", maxLength: 16 },
  adopt: adopt("an extent of this name"),
} as const satisfies Properties;

/** A volume that iSCSI offers as a disk. */
export const iscsiExtent = defineType({
  name: "IscsiExtent",
  doc: "A ZFS volume that iSCSI offers as a disk.",
  properties,
  ...rowObject("iscsi.extent", properties, payload),
  invalidates: { delete: ["iscsi.targetextent"] },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "extent name",
  idOfRow: (row) => (row["type"] === "DISK" ? String(row["name"]) : undefined),
  check,
});

function payload(values: Values, context: PlanContext): Values {
  if (context.dialect === "25.04" && values["productId"] !== undefined)
    throw new Refused("TrueNAS 25.04 has no productId of iSCSI extents; remove it or upgrade to 25.10");

  return toWire(properties, values);
}

const BLOCK_SIZES = [512, 1024, 2048, 4096];

function check(inputs: Values): readonly Problem[] {
  const { blocksize, name } = inputs;
  const odd = typeof blocksize === "number" && blocksize > 512 && blocksize < 4096 && !BLOCK_SIZES.includes(blocksize);

  return [
    ...(odd
      ? [
          {
            property: "blocksize",
            reason: `blocksize ${blocksize} is not allowed; use one of ${BLOCK_SIZES.join(", ")}`,
          },
        ]
      : []),
    ...(typeof name === "string" && name.includes('"')
      ? [{ property: "name", reason: "name has a double quote, which TrueNAS does not take; leave it out" }]
      : []),
  ];
}
