import { groupNamed, groupsOf, groupWithId, userNamed, userWithId } from "../accounts.ts";
import { blockedAt } from "../filesystem/access.ts";
import { familyAt, isNfs4, modeFromAcl } from "../filesystem/acl.ts";
import type { AclEntry, Nfs4Entry, PosixEntry } from "../filesystem/acl-entry.ts";
import { aclReply } from "../filesystem/acl-reply.ts";
import { CallError, ValidationError, ValidationErrors } from "../middleware/errors.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import type { SetaclArguments } from "./filesystem-models.ts";
import { affectedNodes, owned, permissionTarget, resolveOwner } from "./filesystem-owner.ts";

type GivenEntry = SetaclArguments["dacl"][number];

function withId(state: ApplianceState, entry: GivenEntry, index: number): AclEntry {
  const { who, id, ...rest } = entry;
  const known = id ?? -1;
  if (!who || known !== -1 || (entry.tag !== "USER" && entry.tag !== "GROUP"))
    return { ...rest, id: known } as AclEntry;
  const found = entry.tag === "USER" ? userNamed(state, who)?.uid : groupNamed(state, who)?.gid;
  if (found === undefined)
    throw new ValidationError(`filesystem.setacl.${index}.who`, `${who}: account does not exist`);
  return { ...rest, id: found } as AclEntry;
}

interface Grantee {
  readonly kind: "user" | "group";
  readonly name: string;
  readonly identity: { readonly uid: number; readonly gids: readonly number[] };
}

/** A user that is in one group only and owns nothing. */
const SYNTHETIC_UID = 2_147_483_646;

function grantee(
  state: ApplianceState,
  entry: AclEntry,
  owner: { readonly uid: number; readonly gid: number },
): Grantee | undefined {
  if ("type" in entry && entry.type !== "ALLOW") return undefined;
  const forUser = entry.tag === "USER" || entry.tag === "owner@" || entry.tag === "USER_OBJ";
  const forGroup = entry.tag === "GROUP" || entry.tag === "group@" || entry.tag === "GROUP_OBJ";
  if (forUser) {
    const user = userWithId(state, entry.tag === "USER" ? entry.id : owner.uid);
    return user && { kind: "user", name: user.username, identity: { uid: user.uid, gids: groupsOf(user) } };
  }
  const group = forGroup ? groupWithId(state, entry.tag === "GROUP" ? entry.id : owner.gid) : undefined;
  return group && { kind: "group", name: group.name, identity: { uid: SYNTHETIC_UID, gids: [group.gid] } };
}

// Whoever is granted something must be able to get there.
function unreachable(
  state: ApplianceState,
  path: string,
  entries: readonly AclEntry[],
  owner: { uid: number; gid: number },
): CallError | undefined {
  for (const found of entries.flatMap((entry) => grantee(state, entry, owner) ?? [])) {
    const block = blockedAt(state, path, found.identity);
    if (block === undefined) continue;
    const { kind, name } = found;
    return new CallError(
      `Filesystem permissions on path ${block} prevent access for ${kind} "${name}" to the path ${path}. This may be fixed by granting the aforementioned ${kind} execute permissions on the path: ${block}.`,
      "EPERM",
    );
  }
  return undefined;
}

function checkNfs4(entries: readonly Nfs4Entry[]): void {
  const errors = new ValidationErrors();
  for (const [index, { tag, type }] of entries.entries()) {
    if (tag.endsWith("@") && type === "DENY")
      errors.add(`filesystem.setacl.dacl.${index}.tag`, `${tag}: DENY entries for specified tag are not permitted.`);
  }
  errors.check();
}

function checkPosix(entries: readonly PosixEntry[], recursive: boolean, errors: ValidationErrors): void {
  const seen = new Set<string>();
  for (const [index, { tag, default: inherited }] of entries.entries()) {
    const key = `${inherited ? "DEF_" : ""}${tag}`;
    if (seen.has(key) && tag !== "USER" && tag !== "GROUP")
      errors.add(
        `filesystem_acl.dacl.${index}`,
        `More than one ${inherited ? "default" : ""} ${tag} entry is not permitted`,
      );
    seen.add(key);
  }
  const add = (message: string) => errors.add("filesystem_acl.dacl", message);
  const hasDefault = entries.some((entry) => entry.default);
  if ((seen.has("USER") || seen.has("GROUP")) && !seen.has("MASK"))
    add("Named (user or group) POSIX ACL entries require a mask entry to be present in the ACL.");
  else if ((seen.has("DEF_USER") || seen.has("DEF_GROUP")) && !seen.has("DEF_MASK"))
    add("Named default (user or group) POSIX ACL entries require a default mask entry to be present in the ACL.");
  if (recursive && !hasDefault) add("Default ACL entries are required in order to apply ACL recursively.");
  for (const tag of ["USER_OBJ", "GROUP_OBJ", "OTHER"]) {
    if (!seen.has(tag)) add(`Presence of [${tag}] entry is required.`);
    if (hasDefault && !seen.has(`DEF_${tag}`)) add(`Presence of default [${tag}] entry is required.`);
  }
}

// Denials come before grants, what was set here before what was inherited.
function canonical(entries: readonly Nfs4Entry[]): Nfs4Entry[] {
  const rank = ({ type, flags }: Nfs4Entry) => (flags["INHERITED"] === true ? 2 : 0) + (type === "ALLOW" ? 1 : 0);
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

function checkedEntries(
  state: ApplianceState,
  data: SetaclArguments,
  entries: readonly AclEntry[],
  owner: { uid: number; gid: number },
): readonly AclEntry[] {
  const problem = data.options.validate_effective_acl ? unreachable(state, data.path, entries, owner) : undefined;
  if (isNfs4(entries)) {
    checkNfs4(entries);
    if (problem !== undefined) throw problem;
    return data.options.canonicalize ? canonical(entries) : entries;
  }
  const errors = new ValidationErrors();
  if (problem !== undefined) errors.add("filesystem_acl.path", problem.message);
  checkPosix(entries as readonly PosixEntry[], data.options.recursive, errors);
  errors.check();
  return entries;
}

const POSIX_MODE_TAGS = new Set(["USER_OBJ", "GROUP_OBJ", "OTHER"]);

function withAcl(node: NodeRow, entries: readonly AclEntry[] | undefined): NodeRow {
  const { acl: _old, ...bare } = node;
  if (entries === undefined) return bare;
  const mode = modeFromAcl(entries, node.mode);
  const trivial =
    !isNfs4(entries) &&
    entries.every((entry) => !("default" in entry && entry.default) && POSIX_MODE_TAGS.has(entry.tag));
  return trivial ? { ...bare, mode } : { ...bare, acl: entries, mode };
}

/** Replaces the access control list of a directory, or strips it; returns the list as it then is. */
export function setAcl(state: ApplianceState, data: SetaclArguments): Record<string, unknown> {
  const errors = new ValidationErrors();
  const node = permissionTarget(state, errors, "filesystem.setacl", data.path);
  const both = (id: number | null, name: string | null) => id !== null && id !== -1 && Boolean(name);
  if (both(data.uid, data.user))
    errors.add("filesystem.setacl.user", "User and uid may not be specified simultaneously.");
  if (both(data.gid, data.group))
    errors.add("filesystem.setacl.group", "group and gid may not be specified simultaneously.");
  const ids = resolveOwner(state, errors, "filesystem.setacl", data, ".");
  errors.check();
  const family = familyAt(state, data.path);
  if (data.acltype !== null && data.acltype !== family)
    throw new ValidationError("filesystem.setacl.dacl.acltype", "ACL type is invalid for selected path");
  if (family === "DISABLED") throw new CallError(`${data.path}: ACLs disabled on path.`, "EOPNOTSUPP");
  const given = data.dacl.map((entry, index) => withId(state, entry, index));
  const owner = owned(node, ids);
  if (given.length > 0 && isNfs4(given) !== (family === "NFS4"))
    throw new ValidationError("filesystem.setacl.dacl", "ACL type is invalid for selected path");
  const entries = data.options.stripacl ? undefined : checkedEntries(state, data, given, owner);
  for (const target of affectedNodes(state, node, data.options))
    state.nodes.put(target.path, withAcl(owned(target, ids), entries));
  return aclReply(state, state.nodes.get(data.path) ?? node, family, true, false);
}
