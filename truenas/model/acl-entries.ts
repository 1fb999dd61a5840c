import { isRecord, type Properties } from "./property.ts";

const rights = (doc: string) =>
  ({ kind: "map", doc, values: { kind: "scalar", doc: "True, false, or a preset name under `BASIC`." } }) as const;

/** One access control entry, in the middleware's words. */
export const aclEntryFields = {
  tag: {
    kind: "enum",
    doc: "Whom it concerns.",
    values: ["owner@", "group@", "everyone@", "USER", "GROUP", "USER_OBJ", "GROUP_OBJ", "OTHER", "MASK"],
    required: true,
  },
  type: { kind: "enum", doc: "Grants or denies (NFSv4 only). Default ALLOW.", values: ["ALLOW", "DENY"] },
  perms: {
    ...rights(
      "Rights: NFSv4 `BASIC` with FULL_CONTROL, MODIFY, READ or TRAVERSE, or single rights; POSIX READ, WRITE, EXECUTE.",
    ),
    required: true,
  },
  flags: rights("Inheritance (NFSv4 only): `BASIC` with INHERIT or NOINHERIT, or single flags."),
  default: { kind: "boolean", doc: "Applies to new entries below (POSIX only)." },
  id: { kind: "integer", doc: "Numeric id of the user or group." },
  who: { kind: "string", doc: "Name of the user or group; `id` counts where both are stated." },
} as const satisfies Properties;

const POSIX_TAGS = ["USER_OBJ", "GROUP_OBJ", "OTHER", "MASK"];
const POSIX_DEFAULTS = { READ: false, WRITE: false, EXECUTE: false };

const READ = ["READ_DATA", "READ_NAMED_ATTRS", "READ_ATTRIBUTES", "READ_ACL", "EXECUTE", "SYNCHRONIZE"];
const WRITE = ["WRITE_DATA", "APPEND_DATA", "WRITE_NAMED_ATTRS", "DELETE", "DELETE_CHILD", "WRITE_ATTRIBUTES"];
const BASIC_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  FULL_CONTROL: [...READ, ...WRITE, "WRITE_ACL", "WRITE_OWNER"],
  MODIFY: [...READ, ...WRITE],
  READ,
  TRAVERSE: ["READ_NAMED_ATTRS", "READ_ATTRIBUTES", "READ_ACL", "EXECUTE", "SYNCHRONIZE"],
};
const BASIC_FLAGS: Readonly<Record<string, readonly string[]>> = {
  INHERIT: ["FILE_INHERIT", "DIRECTORY_INHERIT"],
  NOINHERIT: [],
};

/** True when both lists grant the same; presets equal the rights they stand for, names or ids may be given. */
export function sameEntries(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  if (!isPosix(a)) {
    const [one, other] = [arranged(a), arranged(b)];
    return one.every((entry, index) => sameEntry(entry, other[index]));
  }
  const left = [...a];

  return b.every((entry) => {
    const match = left.findIndex((candidate) => sameEntry(candidate, entry));
    if (match >= 0) left.splice(match, 1);
    return match >= 0;
  });
}

/** The entries with everything that the middleware insists on. */
export function wireEntries(entries: unknown): unknown {
  if (!Array.isArray(entries)) return entries;
  const posix = isPosix(entries);

  return entries.map((entry) => {
    const { who, ...rest } = Object(entry);
    const named = rest.id === undefined && who !== undefined ? { ...rest, who } : rest;
    if (!posix) return { type: "ALLOW", ...named };
    return { default: false, ...named, perms: { ...POSIX_DEFAULTS, ...Object(rest.perms) } };
  });
}

/** An entry as a program states it: only users and groups are named. */
export function statedEntry(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const { id: _, who: __, ...rest } = entry;
  const named = entry["tag"] === "USER" || entry["tag"] === "GROUP";

  return named ? entry : rest;
}

/** TrueNAS puts what is denied before what is granted, and what was inherited last; else the order stays. */
function arranged(entries: readonly unknown[]): readonly unknown[] {
  const rank = (entry: unknown) => {
    if (!isRecord(entry)) return 0;
    const inherited = isRecord(entry["flags"]) && entry["flags"]["INHERITED"] === true;
    return (inherited ? 2 : 0) + (entry["type"] === "DENY" ? 0 : 1);
  };

  return [...entries].sort((a, b) => rank(a) - rank(b));
}

/** The order of POSIX entries means nothing; that of NFSv4 entries does. */
function isPosix(entries: readonly unknown[]): boolean {
  return entries.some((entry) => isRecord(entry) && POSIX_TAGS.includes(String(entry["tag"])));
}

function sameEntry(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return false;

  return (
    a["tag"] === b["tag"] &&
    (a["type"] ?? "ALLOW") === (b["type"] ?? "ALLOW") &&
    (a["default"] ?? false) === (b["default"] ?? false) &&
    sameWho(a, b) &&
    granted(a["perms"], BASIC_RIGHTS) === granted(b["perms"], BASIC_RIGHTS) &&
    granted(a["flags"], BASIC_FLAGS) === granted(b["flags"], BASIC_FLAGS)
  );
}

function sameWho(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  if (a["tag"] !== "USER" && a["tag"] !== "GROUP") return true;
  if (typeof a["who"] === "string" && typeof b["who"] === "string") return a["who"] === b["who"];

  return typeof a["id"] === "number" && a["id"] === b["id"];
}

function granted(value: unknown, presets: Readonly<Record<string, readonly string[]>>): string {
  if (!isRecord(value)) return "";
  const basic = value["BASIC"];
  const names =
    typeof basic === "string" ? (presets[basic] ?? [basic]) : Object.keys(value).filter((name) => value[name] === true);

  return [...names].sort().join(",");
}
