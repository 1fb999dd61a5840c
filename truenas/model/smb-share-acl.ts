import { isRecord, type Properties, type Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import {
  type Call,
  defineType,
  type Live,
  type LiveContext,
  type PlanContext,
  type Problem,
  type Row,
} from "./resource-type.ts";

/** The security identifier of everybody. */
const EVERYBODY = "S-1-1-0";

const entryFields = {
  permission: {
    kind: "enum",
    doc: "FULL lets change rights too, CHANGE write, READ read.",
    values: ["FULL", "CHANGE", "READ"],
    required: true,
  },
  type: { kind: "enum", doc: "Grants or denies. Default ALLOWED.", values: ["ALLOWED", "DENIED"], default: "ALLOWED" },
  sid: { kind: "string", doc: `Whom by security identifier; ${EVERYBODY} is everybody.` },
  user: { kind: "string", doc: "Which local SMB user by name." },
  group: { kind: "string", doc: "Which local SMB group by name." },
} as const satisfies Properties;

const properties = {
  share: {
    kind: "string",
    doc: "Name of the share. A change makes a new resource.",
    required: true,
    replaces: true,
    rule: "smbShareName",
    compare: "case",
  },
  entries: {
    kind: "list",
    doc: "Who may do what through the share, each by one of sid, user and group.",
    items: { kind: "object", doc: "One entry.", typeName: "SmbShareAclEntry", fields: entryFields },
    required: true,
    minItems: 1,
  },
} as const satisfies Properties;

const USER: Reference = { namespace: "user", field: "username", number: "uid", noun: "user" };
const GROUP: Reference = { namespace: "group", field: "name", number: "gid", noun: "group" };

/** Who may use an SMB share. */
export const smbShareAcl = defineType({
  name: "SmbShareAcl",
  doc: "Who may use an SMB share, besides what its directory allows. Taking it out of the program leaves it as it is.",
  properties,
  outputs: {},
  reading: {
    by: "path",
    calls: (share) => [{ method: "sharing.smb.getacl", params: [{ share_name: share }] }],
  },
  needs: ["user", "group"],
  idOf: (inputs) => String(inputs["share"]),
  idForm: "share name",
  live,
  create: (inputs, context) => [writeCall(inputs, context)],
  update: (change, context) => ("entries" in change.changed ? [writeCall(change.news, context)] : []),
  removal: { kind: "leave" },
  importInputs: ({ values }) => ({ ...values, entries: entriesOf(values["entries"]).map(plainly) }),
  same: { entries: sameEntries },
  check,
});

function entriesOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** `row` has the answer of the read call; every entry is told by its identifier, and by a name where it has one. */
function live(row: Row, { rows }: LiveContext): Live {
  const answer = isRecord(row["getacl"]) ? row["getacl"] : {};
  const entries = entriesOf(answer["share_acl"]).map((entry) => {
    const { ae_perm: permission, ae_type: type, ae_who_sid: sid, ae_who_id: who } = entry;
    const named = isRecord(who)
      ? who["id_type"] === "USER"
        ? { user: nameOf(USER, who["id"], rows) }
        : { group: nameOf(GROUP, who["id"], rows) }
      : {};
    return { permission, type, sid, ...named };
  });

  return { values: { share: row["path"], entries }, outputs: {} };
}

/** An entry as a program states it: by name where there is one. */
function plainly(entry: Values): Values {
  const { permission, type, sid, user, group } = entry;
  const who = user === undefined ? (group === undefined ? { sid } : { group }) : { user };

  return { permission, type, ...who };
}

function writeCall(inputs: Values, { rows }: PlanContext): Call {
  const share_acl = entriesOf(inputs["entries"]).map(({ permission, type = "ALLOWED", sid, user, group }) => {
    const rights = { ae_perm: permission, ae_type: type };
    if (sid !== undefined) return { ...rights, ae_who_sid: sid };
    const who =
      user === undefined
        ? { id_type: "GROUP", id: rowIdOf(GROUP, group, rows) }
        : { id_type: "USER", id: rowIdOf(USER, user, rows) };
    return { ...rights, ae_who_id: who };
  });

  return { method: "sharing.smb.setacl", params: [{ share_name: inputs["share"], share_acl }] };
}

/** The order means nothing, and an entry may be told by identifier or by name. */
function sameEntries(a: unknown, b: unknown): boolean {
  const left = [...entriesOf(a)];
  const right = entriesOf(b);

  return (
    left.length === right.length &&
    right.every((entry) => {
      const match = left.findIndex((candidate) => sameEntry(candidate, entry));
      if (match >= 0) left.splice(match, 1);
      return match >= 0;
    })
  );
}

function sameEntry(a: Values, b: Values): boolean {
  const same = (name: string) => a[name] !== undefined && a[name] === b[name];

  return (
    a["permission"] === b["permission"] &&
    (a["type"] ?? "ALLOWED") === (b["type"] ?? "ALLOWED") &&
    (same("sid") || same("user") || same("group"))
  );
}

function check(inputs: Values): readonly Problem[] {
  return entriesOf(inputs["entries"]).flatMap((entry, at) => {
    const told = ["sid", "user", "group"].filter((name) => entry[name] !== undefined);
    if (told.length === 1) return [];
    const reason = `an entry is for one of sid, user and group, and this one has ${told.join(" and ") || "none"}; state one of them`;
    return [{ property: `entries[${at}]`, reason }];
  });
}
