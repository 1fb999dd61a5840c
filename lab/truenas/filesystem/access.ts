import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import { type AclFamily, entriesOf, familyAt, isNfs4, permissionsOf } from "./acl.ts";
import type { Nfs4Entry, PosixEntry } from "./acl-entry.ts";

/** Who asks for access: a user and every group that counts for it. */
export interface Identity {
  readonly uid: number;
  readonly gids: readonly number[];
}

/** What is asked of a directory. */
export type Right = "read" | "write" | "execute";

const nfs4Rights: Readonly<Record<Right, readonly string[]>> = {
  read: ["READ_DATA"],
  write: ["WRITE_DATA"],
  execute: ["EXECUTE"],
};

function concernsIdentity(entry: Nfs4Entry, node: NodeRow, { uid, gids }: Identity): boolean {
  switch (entry.tag) {
    case "owner@":
      return uid === node.uid;
    case "group@":
      return gids.includes(node.gid);
    case "everyone@":
      return true;
    case "USER":
      return uid === entry.id;
    case "GROUP":
      return gids.includes(entry.id);
  }
}

// Entries are read in order; a permission is settled by the first entry that mentions it for this identity.
function nfs4Allows(entries: readonly Nfs4Entry[], node: NodeRow, identity: Identity, right: Right): boolean {
  return nfs4Rights[right].every((permission) => {
    const effective = entries.filter((entry) => entry.flags["INHERIT_ONLY"] !== true);
    const decisive = effective.find(
      (entry) => concernsIdentity(entry, node, identity) && permissionsOf(entry).has(permission),
    );
    return decisive?.type === "ALLOW";
  });
}

const posixRights = { read: "READ", write: "WRITE", execute: "EXECUTE" } as const;

// The most specific entry decides: owner, then named users, then any group that grants, then others.
function posixAllows(entries: readonly PosixEntry[], node: NodeRow, { uid, gids }: Identity, right: Right): boolean {
  const access = entries.filter((entry) => !entry.default);
  const grants = (entry: PosixEntry | undefined) => entry?.perms[posixRights[right]] === true;
  const tagged = (tag: PosixEntry["tag"]) => access.find((entry) => entry.tag === tag);
  const mask = tagged("MASK");
  const masked = (entry: PosixEntry) => grants(entry) && (mask === undefined || grants(mask));
  if (uid === node.uid) return grants(tagged("USER_OBJ"));
  const named = access.find((entry) => entry.tag === "USER" && entry.id === uid);
  if (named !== undefined) return masked(named);
  const groups = access.filter(
    (entry) =>
      (entry.tag === "GROUP_OBJ" && gids.includes(node.gid)) || (entry.tag === "GROUP" && gids.includes(entry.id)),
  );
  return groups.length > 0 ? groups.some(masked) : grants(tagged("OTHER"));
}

/** True when the identity has the right on the directory. Root passes every check. */
export function allows(state: ApplianceState, node: NodeRow, identity: Identity, right: Right): boolean {
  if (identity.uid === 0) return true;
  const family: AclFamily = familyAt(state, node.path);
  const entries = entriesOf(node, family);
  if (isNfs4(entries)) return nfs4Allows(entries, node, identity, right);
  return posixAllows(entries as readonly PosixEntry[], node, identity, right);
}

/** The nearest directory above a path that the identity may not pass through, or undefined when the way is clear. */
export function blockedAt(state: ApplianceState, path: string, identity: Identity): string | undefined {
  const parts = path.split("/").slice(1);
  for (let depth = 2; depth < parts.length; depth += 1) {
    const above = `/${parts.slice(0, depth).join("/")}`;
    const node = state.nodes.get(above);
    if (node !== undefined && !allows(state, node, identity, "execute")) return above;
  }
  return undefined;
}
