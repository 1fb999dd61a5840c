import { adopt } from "./adopt.ts";
import type { Properties } from "./property.ts";
import { defineType } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { commands } from "./sudo-commands.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Name of the group. A change makes a new group.",
    required: true,
    replaces: true,
    rule: "accountName",
    maxLength: 32,
  },
  gid: {
    kind: "integer",
    doc: "Number of the group; TrueNAS chooses one from 3000 on. A change makes a new group.",
    replaces: true,
    min: 0,
    max: 2147483647,
  },
  smb: { kind: "boolean", doc: "Can be given rights on SMB shares. Default true.", default: true },
  sudoCommands: commands("Commands that members may run as root with their password."),
  sudoCommandsNopasswd: commands("Commands that members may run as root without a password."),
  adopt: adopt("a group of this name"),
} as const satisfies Properties;

/** A local group. */
export const group = defineType({
  name: "Group",
  doc: "A local group. Who is in it is stated with the users.",
  properties,
  ...rowObject("group", properties),
  idOf: (inputs) => String(inputs["name"]),
  idForm: "group name",
  idOfRow: (row) => (row["local"] === false ? undefined : String(row["name"])),
});
