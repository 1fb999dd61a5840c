import { groupWithId, userWithId } from "../accounts.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import { type AclFamily, entriesOf, isNfs4, permissionsOf } from "./acl.ts";
import { type AclEntry, NFS4_FLAGS, NFS4_PERMISSIONS, type Nfs4Entry, type PosixEntry } from "./acl-entry.ts";

const SIMPLE_PERMISSIONS = ["FULL_CONTROL", "MODIFY", "READ", "TRAVERSE"];
const SIMPLE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  INHERIT: ["FILE_INHERIT", "DIRECTORY_INHERIT"],
  NOINHERIT: [],
};

const sameMembers = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((item) => b.has(item));
const switches = (names: readonly string[], on: ReadonlySet<string>) =>
  Object.fromEntries(names.map((name) => [name, on.has(name)]));

function flagsOf({ flags }: Nfs4Entry): ReadonlySet<string> {
  const basic = flags["BASIC"];
  return new Set(
    typeof basic === "string" ? SIMPLE_FLAGS[basic] : Object.keys(flags).filter((name) => flags[name] === true),
  );
}

// Whichever way an entry was set, a reader gets the simple word when one fits and asked for simple words.
function shownNfs4(entry: Nfs4Entry, simplified: boolean): Nfs4Entry {
  const permissions = permissionsOf(entry);
  const flags = flagsOf(entry);
  const word = SIMPLE_PERMISSIONS.find((name) =>
    sameMembers(permissionsOf({ ...entry, perms: { BASIC: name } }), permissions),
  );
  const flagWord = Object.keys(SIMPLE_FLAGS).find((name) => sameMembers(new Set(SIMPLE_FLAGS[name]), flags));
  return {
    tag: entry.tag,
    type: entry.type,
    perms: simplified && word !== undefined ? { BASIC: word } : switches(NFS4_PERMISSIONS, permissions),
    flags: simplified && flagWord !== undefined ? { BASIC: flagWord } : switches(NFS4_FLAGS, flags),
    id: entry.id,
  };
}

const POSIX_ORDER = ["USER_OBJ", "USER", "GROUP_OBJ", "GROUP", "MASK", "OTHER"];

function orderedPosix(entries: readonly PosixEntry[]): PosixEntry[] {
  const rank = (entry: PosixEntry) => (entry.default ? POSIX_ORDER.length : 0) + POSIX_ORDER.indexOf(entry.tag);
  return [...entries].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}

function who(state: ApplianceState, entry: AclEntry, node: NodeRow): string | null {
  if (entry.tag === "USER") return userWithId(state, entry.id)?.username ?? null;
  if (entry.tag === "GROUP") return groupWithId(state, entry.id)?.name ?? null;
  if (entry.tag === "owner@" || entry.tag === "USER_OBJ") return userWithId(state, node.uid)?.username ?? null;
  if (entry.tag === "group@" || entry.tag === "GROUP_OBJ") return groupWithId(state, node.gid)?.name ?? null;
  return null;
}

/** True when the mode says everything that there is to say about access. */
export function isTrivial(node: NodeRow, family: AclFamily): boolean {
  const entries = entriesOf(node, family);
  return family === "DISABLED" || entries !== node.acl;
}

/** What `filesystem.getacl` returns. */
export function aclReply(
  state: ApplianceState,
  node: NodeRow,
  family: AclFamily,
  simplified: boolean,
  resolveIds: boolean,
): Record<string, unknown> {
  const entries = entriesOf(node, family);
  const shown = isNfs4(entries)
    ? entries.map((entry) => shownNfs4(entry, simplified))
    : orderedPosix(entries as readonly PosixEntry[]);
  const named = resolveIds ? shown.map((entry) => ({ ...entry, who: who(state, entry, node) })) : shown;
  return {
    path: node.path,
    user: resolveIds ? (userWithId(state, node.uid)?.username ?? null) : null,
    group: resolveIds ? (groupWithId(state, node.gid)?.name ?? null) : null,
    uid: node.uid,
    gid: node.gid,
    acltype: family,
    acl: family === "DISABLED" ? null : named,
    ...(family === "NFS4" ? { aclflags: { autoinherit: false, protected: false, defaulted: false } } : {}),
    trivial: isTrivial(node, family),
  };
}
