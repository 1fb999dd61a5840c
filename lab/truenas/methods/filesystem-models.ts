import { NFS4_FLAGS, NFS4_PERMISSIONS } from "../filesystem/acl-entry.ts";
import {
  bool,
  defaulted,
  int,
  kind,
  literal,
  nullable,
  type Of,
  type Problem,
  refined,
  str,
} from "../middleware/kinds.ts";
import { list, model, union } from "../middleware/models.ts";

const MAX_ID = 2 ** 31 - 1;
const accountId = defaulted(nullable(int({ ge: -1, le: MAX_ID })), null);
const accountName = defaulted(nullable(str({ min: 1 })), null);

const octal = refined(str(), (text) => {
  if (!/^(0o)?[0-7]+$/.test(text)) return "Value error, Not a valid integer. Must be between 000 and 777";
  return Number.parseInt(text.replace("0o", ""), 8) > 0o777
    ? "Value error, Please supply a value between 000 and 777"
    : undefined;
});

const recursion = { recursive: defaulted(bool, false), traverse: defaulted(bool, false) };
const owner = { path: str({ min: 1 }), uid: accountId, user: accountName, gid: accountId, group: accountName };

/** What `filesystem.chown` accepts. */
export const chownArguments = refined(
  model("FilesystemChown", {
    ...owner,
    options: defaulted(model("FilesystemChownOptions", recursion), { recursive: false, traverse: false }),
  }),
  ({ uid, user, gid, group }) =>
    [uid ?? -1, gid ?? -1].every((id) => id === -1) && user === null && group === null
      ? "Value error, At least one of uid, gid, user, and group must be set in chown payload"
      : undefined,
);

/** What `filesystem.setperm` accepts. */
export const setpermArguments = refined(
  model("FilesystemSetperm", {
    ...owner,
    mode: defaulted(nullable(octal), null),
    options: defaulted(model("FilesystemSetpermOptions", { ...recursion, stripacl: defaulted(bool, false) }), {
      recursive: false,
      traverse: false,
      stripacl: false,
    }),
  }),
  ({ mode, options }) =>
    mode === null && !options.stripacl
      ? "Value error, Payload must either explicitly specify permissions or contain the stripacl option."
      : undefined,
);

/** What `filesystem.mkdir` accepts. */
export const mkdirArguments = model("FilesystemMkdir", {
  path: str({ min: 1 }),
  options: defaulted(
    model("FilesystemMkdirOptions", { mode: defaulted(octal, "755"), raise_chmod_error: defaulted(bool, true) }),
    {
      mode: "755",
      raise_chmod_error: true,
    },
  ),
});

const switches = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, defaulted(bool, false)]));

const aceAccount = {
  id: defaulted(nullable(int({ ge: -1, le: MAX_ID })), null),
  who: defaulted(nullable(str({ min: 1 })), null),
};
const SPECIAL = new Set(["owner@", "group@", "everyone@", "USER_OBJ", "GROUP_OBJ", "OTHER", "MASK"]);

interface Named {
  readonly tag: string;
  readonly id: number | null;
  readonly who: string | null;
}

function whoProblem(family: "NFS4" | "POSIX", { tag, id, who }: Named): string | undefined {
  const tags = family === "NFS4" ? "owner@, group@, everyone@" : "USER_OBJ, GROUP_OBJ, OTHER, MASK";
  if (SPECIAL.has(tag))
    return id === null || id === -1
      ? undefined
      : `Value error, ${id}: id may not be specified for the following ACL entry tags: ${tags}`;
  return !who && (id === null || id === -1)
    ? 'Value error, Numeric ID "id" or account name "who" must be specified'
    : undefined;
}

const nfs4Entry = refined(
  model("NFS4ACE", {
    tag: literal("owner@", "group@", "everyone@", "USER", "GROUP"),
    type: literal("ALLOW", "DENY"),
    perms: union(
      model("NFS4ACE_AdvancedPerms", switches(NFS4_PERMISSIONS)),
      model("NFS4ACE_BasicPerms", { BASIC: literal("FULL_CONTROL", "MODIFY", "READ", "TRAVERSE") }),
    ),
    flags: union(
      model("NFS4ACE_AdvancedFlags", switches(NFS4_FLAGS)),
      model("NFS4ACE_BasicFlags", { BASIC: literal("INHERIT", "NOINHERIT") }),
    ),
    ...aceAccount,
  }),
  (entry) => whoProblem("NFS4", entry),
);

const posixEntry = refined(
  model("POSIXACE", {
    tag: literal("USER_OBJ", "GROUP_OBJ", "OTHER", "MASK", "USER", "GROUP"),
    perms: model("POSIXACE_Perms", { READ: bool, WRITE: bool, EXECUTE: bool }),
    default: bool,
    ...aceAccount,
  }),
  (entry) => whoProblem("POSIX", entry),
);

const aclOptions = {
  stripacl: defaulted(bool, false),
  recursive: defaulted(bool, false),
  traverse: defaulted(bool, false),
  canonicalize: defaulted(bool, true),
  validate_effective_acl: defaulted(bool, true),
};

const setaclFields = model("FilesystemSetacl", {
  path: str({ min: 1 }),
  dacl: union({ ...list(nfs4Entry), label: "list[NFS4ACE]" }, { ...list(posixEntry), label: "list[POSIXACE]" }),
  options: defaulted(model("FilesystemSetAclOptions", aclOptions), {
    stripacl: false,
    recursive: false,
    traverse: false,
    canonicalize: true,
    validate_effective_acl: true,
  }),
  nfs41_flags: defaulted(
    model("NFS4ACL_Flags", {
      autoinherit: defaulted(bool, false),
      protected: defaulted(bool, false),
      defaulted: defaulted(bool, false),
    }),
    { autoinherit: false, protected: false, defaulted: false },
  ),
  uid: defaulted(nullable(int({ ge: -1, le: MAX_ID })), -1),
  user: defaulted(nullable(str()), null),
  gid: defaulted(nullable(int({ ge: -1, le: MAX_ID })), -1),
  group: defaulted(nullable(str()), null),
  acltype: defaulted(nullable(literal("NFS4", "POSIX1E")), null),
});

/** What `filesystem.setacl` accepts. */
export const setaclArguments = kind("FilesystemSetacl", (input, path, problems: Problem[]) => {
  const value = setaclFields.check(input, path, problems);
  if (problems.length === 0 && value.dacl.length > 0 && value.options.stripacl)
    problems.push({ path, message: "Value error, Simultaneosuly setting and removing ACL from path is not supported" });
  return value;
});
export type SetaclArguments = Of<typeof setaclArguments>;
