import { configObject } from "./config-object.ts";
import type { Properties } from "./property.ts";
import { defineType } from "./resource-type.ts";

const properties = {
  basename: { kind: "string", doc: "First part of every target's name, for example iqn.2005-10.org.freenas.ctl." },
  isnsServers: {
    kind: "list",
    doc: "iSNS servers by address, with `:port` where it is not 3205; they must answer.",
    items: { kind: "string", doc: "An address." },
    compare: "set",
    unique: true,
  },
  listenPort: { kind: "integer", doc: "Port of every portal.", min: 1025, max: 65535 },
  poolAvailThreshold: {
    kind: "integer",
    doc: "Percentage of free space below which initiators are warned; 0 is never.",
    min: 0,
    max: 99,
    nullIs: 0,
  },
} as const satisfies Properties;

/** Settings of the iSCSI service. */
export const iscsiGlobal = defineType({
  name: "IscsiGlobal",
  doc: "Settings of the iSCSI service. What is not stated, and what is taken out of the program, stays as it is.",
  properties,
  ...configObject("iscsi.global", properties),
});
