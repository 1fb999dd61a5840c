import { adopt } from "./adopt.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import { defineType, type Live, type LiveContext, type PlanContext, type Problem, type Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { commands } from "./sudo-commands.ts";

const NO_HOME = "/var/empty";

const properties = {
  username: {
    kind: "string",
    doc: "Login name. A change makes a new user.",
    required: true,
    replaces: true,
    rule: "accountName",
    maxLength: 32,
  },
  fullName: { kind: "string", doc: "Who or what it is; without a colon.", required: true, rule: "fullName" },
  uid: {
    kind: "integer",
    doc: "Number of the user; TrueNAS chooses one from 3000 on. A change makes a new user.",
    replaces: true,
    min: 0,
    max: 2147483647,
  },
  group: { kind: "string", doc: "Primary group by name; without it a group of the user's name is made." },
  groups: {
    kind: "list",
    doc: "Further groups by name.",
    items: { kind: "string", doc: "Name of a group." },
    compare: "set",
    unique: true,
    maxItems: 64,
    default: [],
  },
  home: {
    kind: "string",
    doc: `Home directory, which exists; default ${NO_HOME}, which nobody can write to.`,
    default: NO_HOME,
    compare: "trimmed",
  },
  shell: {
    kind: "string",
    doc: "Path of the login shell, for example /usr/bin/zsh or /usr/sbin/nologin.",
    default: "/usr/bin/zsh",
  },
  email: { kind: "string", doc: "Address for mail to this user.", default: null },
  sshpubkey: {
    kind: "string",
    doc: "The user's whole authorized_keys file; needs a home directory in a pool.",
    default: null,
    compare: "lines",
  },
  locked: { kind: "boolean", doc: "Lets nobody log in as this user. Default false.", default: false },
  sudoCommands: commands("Commands that the user may run as root with a password."),
  sudoCommandsNopasswd: commands("Commands that the user may run as root without a password."),
  adopt: adopt("a user of this name"),
} as const satisfies Properties;

const GROUP: Reference = { namespace: "group", field: "name", noun: "group" };
/** Nobody made with this type has a password, and SMB takes nobody without one. */
const WITHOUT_PASSWORD = { password_disabled: true, smb: false };

const rows = rowObject("user", properties, payload);

/** A local user without a password. */
export const user = defineType({
  name: "User",
  doc: "A local user without a password, for services and for logins by SSH key. A password that somebody set stays.",
  properties,
  ...rows,
  needs: ["group"],
  invalidates: { create: ["group"], delete: ["group"] },
  idOf: (inputs) => String(inputs["username"]),
  idForm: "user name",
  idOfRow: (row) => (row["local"] === false ? undefined : String(row["username"])),
  live,
  create: (inputs, context) => {
    const own = inputs["group"] === undefined ? { group_create: true } : {};
    return [{ method: "user.create", params: [{ ...payload(inputs, context), ...own, ...WITHOUT_PASSWORD }] }];
  },
  removal: { kind: "call", call: (_id, row) => ({ method: "user.delete", params: [row["id"], deletion(row)] }) },
  check,
});

function live(row: Row, context: LiveContext): Live {
  const primary = isRecord(row["group"]) ? row["group"]["bsdgrp_group"] : undefined;
  const groups = Array.isArray(row["groups"]) ? row["groups"].map((id) => nameOf(GROUP, id, context.rows)) : [];

  return { values: { ...fromWire(properties, row), group: primary, groups }, outputs: { rowId: row["id"] } };
}

function payload(values: Values, context: PlanContext): Values {
  const { group, groups, ...others } = toWire(properties, values);
  const idOf = (name: unknown) => rowIdOf(GROUP, name, context.rows);

  return {
    ...others,
    ...(group === undefined ? {} : { group: idOf(group) }),
    ...(Array.isArray(groups) ? { groups: groups.map(idOf) } : {}),
  };
}

/** A group that was made for the user goes with it, unless others are in it. */
function deletion(row: Row): Values {
  const primary = isRecord(row["group"]) ? row["group"]["bsdgrp_group"] : undefined;

  return { delete_group: primary === row["username"] };
}

function check(inputs: Values): readonly Problem[] {
  const { sshpubkey, home = NO_HOME, username } = inputs;
  const system = username === "root" || username === "truenas_admin";
  if (typeof sshpubkey !== "string" || sshpubkey === "" || system || home !== NO_HOME) return [];

  return [
    {
      property: "sshpubkey",
      reason: "sshpubkey is kept in the home directory, and nobody can write to /var/empty; state a home below /mnt",
    },
  ];
}
