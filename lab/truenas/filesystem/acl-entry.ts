/** One entry of an NFSv4 access control list, in the middleware's spelling. */
export interface Nfs4Entry {
  readonly tag: "owner@" | "group@" | "everyone@" | "USER" | "GROUP";
  readonly type: "ALLOW" | "DENY";
  readonly perms: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly id: number;
}

/** One entry of a POSIX.1e access control list, in the middleware's spelling. */
export interface PosixEntry {
  readonly tag: "USER_OBJ" | "GROUP_OBJ" | "OTHER" | "MASK" | "USER" | "GROUP";
  readonly perms: { readonly READ: boolean; readonly WRITE: boolean; readonly EXECUTE: boolean };
  readonly default: boolean;
  readonly id: number;
}

/** An entry of either family; which one a path has follows its dataset's `acltype`. */
export type AclEntry = Nfs4Entry | PosixEntry;

/** The rights that an NFSv4 entry grants or denies, one by one. */
export const NFS4_PERMISSIONS: readonly string[] = [
  ...["READ_DATA", "WRITE_DATA", "APPEND_DATA", "READ_NAMED_ATTRS", "WRITE_NAMED_ATTRS", "EXECUTE", "DELETE"],
  ...["DELETE_CHILD", "READ_ATTRIBUTES", "WRITE_ATTRIBUTES", "READ_ACL", "WRITE_ACL", "WRITE_OWNER", "SYNCHRONIZE"],
];

/** How an NFSv4 entry is handed down, one by one. */
export const NFS4_FLAGS: readonly string[] = [
  ...["FILE_INHERIT", "DIRECTORY_INHERIT", "NO_PROPAGATE_INHERIT", "INHERIT_ONLY", "INHERITED"],
];
