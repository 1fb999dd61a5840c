import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow, NodeRow } from "../state/rows.ts";
import { datasetOfPath } from "../zfs/dataset-tree.ts";
import { effective } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";
import type { AclEntry, Nfs4Entry, PosixEntry } from "./acl-entry.ts";

/** Which family of access control lists a path has. */
export type AclFamily = "NFS4" | "POSIX1E" | "DISABLED";

const families: Readonly<Record<string, AclFamily>> = { nfsv4: "NFS4", posix: "POSIX1E", off: "DISABLED" };

/** The family that a dataset's `acltype` gives its files. */
export function familyOf(state: ApplianceState, dataset: DatasetRow): AclFamily {
  return families[effective(state, dataset, property("acltype")).raw] ?? "DISABLED";
}

/** The family of a path. */
export function familyAt(state: ApplianceState, path: string): AclFamily {
  const dataset = datasetOfPath(state, path);
  return dataset === undefined ? "DISABLED" : familyOf(state, dataset);
}

/** The detailed NFSv4 permissions behind each simple word. */
const READ = ["READ_DATA", "READ_NAMED_ATTRS", "EXECUTE", "READ_ATTRIBUTES", "READ_ACL", "SYNCHRONIZE"];
const MODIFY = [
  ...READ,
  "WRITE_DATA",
  "APPEND_DATA",
  "WRITE_NAMED_ATTRS",
  "DELETE",
  "DELETE_CHILD",
  "WRITE_ATTRIBUTES",
];
const BASIC_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  FULL_CONTROL: [...MODIFY, "WRITE_ACL", "WRITE_OWNER"],
  MODIFY,
  READ,
  TRAVERSE: ["EXECUTE", "READ_ATTRIBUTES", "READ_ACL", "SYNCHRONIZE"],
};

/** The detailed permissions that an NFSv4 entry names, whichever way it spells them. */
export function permissionsOf({ perms }: Nfs4Entry): ReadonlySet<string> {
  const basic = perms["BASIC"];
  if (typeof basic === "string") return new Set(BASIC_PERMISSIONS[basic] ?? []);
  return new Set(Object.keys(perms).filter((name) => perms[name] === true));
}

const rwx = (bits: number) => ({ READ: (bits & 4) !== 0, WRITE: (bits & 2) !== 0, EXECUTE: (bits & 1) !== 0 });
const bitsOf = ({ READ: r, WRITE: w, EXECUTE: x }: PosixEntry["perms"]) => (r ? 4 : 0) | (w ? 2 : 0) | (x ? 1 : 0);

const MODE_TAGS = [
  { posix: "USER_OBJ", nfs4: "owner@", shift: 6 },
  { posix: "GROUP_OBJ", nfs4: "group@", shift: 3 },
  { posix: "OTHER", nfs4: "everyone@", shift: 0 },
] as const;

/** The POSIX entries that say the same as a mode. */
export function posixFromMode(mode: number): PosixEntry[] {
  return MODE_TAGS.map(({ posix, shift }) => ({ tag: posix, perms: rwx(mode >> shift), default: false, id: -1 }));
}

function nfs4FromBits(bits: number, owner: boolean): Readonly<Record<string, boolean>> {
  const write = (bits & 2) !== 0;
  return {
    READ_DATA: (bits & 4) !== 0,
    WRITE_DATA: write,
    APPEND_DATA: write,
    READ_NAMED_ATTRS: true,
    WRITE_NAMED_ATTRS: owner,
    EXECUTE: (bits & 1) !== 0,
    DELETE: false,
    DELETE_CHILD: write,
    READ_ATTRIBUTES: true,
    WRITE_ATTRIBUTES: owner,
    READ_ACL: true,
    WRITE_ACL: owner,
    WRITE_OWNER: owner,
    SYNCHRONIZE: true,
  };
}

/** The NFSv4 entries that say the same as a mode. */
export function nfs4FromMode(mode: number): Nfs4Entry[] {
  return MODE_TAGS.map(({ nfs4, shift }) => ({
    tag: nfs4,
    type: "ALLOW",
    perms: nfs4FromBits((mode >> shift) & 7, nfs4 === "owner@"),
    flags: { BASIC: "NOINHERIT" },
    id: -1,
  }));
}

/** True for entries of the NFSv4 family. */
export function isNfs4(entries: readonly AclEntry[]): entries is readonly Nfs4Entry[] {
  return entries.every((entry) => "type" in entry);
}

/** The permission bits that `stat` shows for a path with this list. */
export function modeFromAcl(entries: readonly AclEntry[], before: number): number {
  if (isNfs4(entries)) {
    return MODE_TAGS.reduce((mode, { nfs4, shift }) => {
      const own = entries.filter((entry) => entry.tag === nfs4 && entry.type === "ALLOW").map(permissionsOf);
      const has = (name: string) => own.some((permissions) => permissions.has(name));
      return mode | (((has("READ_DATA") ? 4 : 0) | (has("WRITE_DATA") ? 2 : 0) | (has("EXECUTE") ? 1 : 0)) << shift);
    }, 0);
  }
  const access = (entries as readonly PosixEntry[]).filter((entry) => !entry.default);
  const bits = (tag: PosixEntry["tag"]) => access.find((entry) => entry.tag === tag);
  // With a mask the group bits of the mode show the mask, not the group.
  const shown = [bits("USER_OBJ"), bits("MASK") ?? bits("GROUP_OBJ"), bits("OTHER")];
  return shown.reduce(
    (mode, entry, index) =>
      mode | ((entry === undefined ? (before >> (6 - 3 * index)) & 7 : bitsOf(entry.perms)) << (6 - 3 * index)),
    0,
  );
}

/** The list in effect on a path: its own, or the one that its mode amounts to. */
export function entriesOf(node: NodeRow, family: AclFamily): readonly AclEntry[] {
  if (node.acl !== undefined && family !== "DISABLED" && isNfs4(node.acl) === (family === "NFS4")) return node.acl;
  return family === "NFS4" ? nfs4FromMode(node.mode) : posixFromMode(node.mode);
}
