import { aclEntryFields, sameEntries, statedEntry, wireEntries } from "./acl-entries.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Call, defineType, type Live, type Problem, type Row } from "./resource-type.ts";

const PERMISSION_BITS = 0o777;

const properties = {
  path: {
    kind: "string",
    doc: "Directory below a pool's mount point. A change makes a new resource.",
    required: true,
    replaces: true,
    rule: "mountPath",
    compare: "trimmed",
  },
  user: { kind: "string", doc: "Owner by name; excludes `uid`." },
  uid: { kind: "integer", doc: "Owner by number; excludes `user`.", min: 0 },
  group: { kind: "string", doc: "Owning group by name; excludes `gid`." },
  gid: { kind: "integer", doc: "Owning group by number; excludes `group`.", min: 0 },
  mode: {
    kind: "string",
    doc: "Permission bits in octal, e.g. `770`; any other ACL is removed. Excludes `dacl`.",
    rule: "permissionMode",
  },
  dacl: {
    kind: "list",
    doc: "Access control list, NFSv4 or POSIX. Excludes `mode`.",
    items: { kind: "object", doc: "One entry.", typeName: "AclEntry", fields: aclEntryFields },
    minItems: 1,
  },
  acltype: { kind: "enum", doc: "Kind of `dacl`.", values: ["NFS4", "POSIX1E"] },
  recursive: {
    kind: "boolean",
    doc: "Applies every change to everything below as well. Default false.",
    default: false,
    writeOnly: true,
    hint: true,
  },
} as const satisfies Properties;

/** Owner and permissions of a directory. */
export const filesystemAcl = defineType({
  name: "FilesystemAcl",
  doc: "Owner, group and permissions of a directory. Taking it out of the program leaves the directory as it is.",
  properties,
  outputs: {},
  reading: { by: "path", calls: readCalls },
  idOf: (inputs) => String(inputs["path"]),
  idForm: "/mnt/pool/path",
  live,
  create: (inputs) => [writeCall(inputs)],
  update: (change) => (Object.keys(change.changed).length > 0 ? [writeCall(change.news)] : []),
  removal: { kind: "leave" },
  check,
  importInputs: ({ values, outputs: _ }) => importInputs(values),
  same: { dacl: sameEntries },
});

function readCalls(path: string, inputs: Values | undefined): readonly Call[] {
  const stat = { method: "filesystem.stat", params: [path] };
  if (inputs !== undefined && inputs["dacl"] === undefined) return [stat];

  return [stat, { method: "filesystem.getacl", params: [path, true, true] }];
}

/** `row` has the answers of the read calls under the method's last word: `stat` and, where asked for, `getacl`. */
function live(row: Row): Live {
  const stat = isRecord(row["stat"]) ? row["stat"] : {};
  const acl = isRecord(row["getacl"]) ? row["getacl"] : undefined;
  const bits = (Number(stat["mode"]) & PERMISSION_BITS).toString(8).padStart(3, "0");
  const entries = acl && Array.isArray(acl["acl"]) ? acl["acl"].filter(isRecord).map(plainEntry) : undefined;

  return {
    values: {
      path: row["path"],
      ...(typeof stat["user"] === "string" ? { user: stat["user"] } : {}),
      uid: stat["uid"],
      ...(typeof stat["group"] === "string" ? { group: stat["group"] } : {}),
      gid: stat["gid"],
      mode: stat["acl"] === true ? `${bits} and an access control list` : bits,
      ...(acl ? { dacl: entries, acltype: acl["acltype"] } : {}),
    },
    outputs: {},
  };
}

function plainEntry(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([name, value]) => name in aclEntryFields && value !== null && value !== undefined),
  );
}

function importInputs(values: Values): Values {
  const { path, user, uid, group, gid, mode, dacl, acltype } = values;
  const owner = { ...(user === undefined ? { uid } : { user }), ...(group === undefined ? { gid } : { group }) };
  const plain = typeof mode === "string" && /^[0-7]{3}$/.test(mode);

  return plain
    ? { path, ...owner, mode }
    : { path, ...owner, dacl: Array.isArray(dacl) ? dacl.map(statedEntry) : dacl, acltype };
}

/** Stating a mode means that nothing but the mode decides, so any other list is stripped with it. */
function writeCall(inputs: Values): Call {
  const { path, user, uid, group, gid, mode, dacl, acltype, recursive } = inputs;
  const owner = Object.fromEntries(
    Object.entries({ user, uid, group, gid }).filter(([, value]) => value !== undefined),
  );
  const options = recursive === true ? { recursive: true } : {};
  if (dacl !== undefined) {
    const kind = acltype === undefined ? {} : { acltype };
    return { method: "filesystem.setacl", params: [{ path, dacl: wireEntries(dacl), ...owner, ...kind, options }] };
  }
  if (mode === undefined) return { method: "filesystem.chown", params: [{ path, ...owner, options }] };

  return { method: "filesystem.setperm", params: [{ path, mode, ...owner, options: { ...options, stripacl: true } }] };
}

const EXCLUSIVE = [
  ["user", "uid"],
  ["group", "gid"],
  ["mode", "dacl"],
] as const;

function check(inputs: Values): readonly Problem[] {
  const problems: Problem[] = EXCLUSIVE.filter(([a, b]) => inputs[a] !== undefined && inputs[b] !== undefined).map(
    ([a, b]) => ({
      property: b,
      reason: `${b} and ${a} exclude each other; state one of them`,
    }),
  );
  if (EXCLUSIVE.flat().every((name) => inputs[name] === undefined)) {
    problems.push({
      property: "mode",
      reason: "nothing to set; state at least one of user, uid, group, gid, mode and dacl",
    });
  }
  if (inputs["acltype"] !== undefined && inputs["dacl"] === undefined) {
    problems.push({ property: "acltype", reason: "acltype says what kind dacl is; state dacl or leave it out" });
  }
  if (typeof inputs["path"] === "string" && /^\/mnt\/[^/]+\/?$/.test(inputs["path"])) {
    problems.push({
      property: "path",
      reason: `"${inputs["path"]}" is a pool's mount point, which TrueNAS does not let change; name a directory below it`,
    });
  }

  return [...problems, ...entryProblems(inputs["dacl"])];
}

function entryProblems(dacl: unknown): readonly Problem[] {
  if (!Array.isArray(dacl)) return [];

  return dacl.flatMap((entry, index) => {
    if (!isRecord(entry) || (entry["tag"] !== "USER" && entry["tag"] !== "GROUP")) return [];
    if (entry["id"] !== undefined || entry["who"] !== undefined) return [];
    return [
      { property: `dacl[${index}]`, reason: `an entry for a ${entry["tag"]} needs id or who; state one of them` },
    ];
  });
}
