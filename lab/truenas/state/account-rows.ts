/** A local user as it is stored. */
export interface UserRow {
  readonly id: number;
  readonly uid: number;
  readonly username: string;
  readonly full_name: string;
  readonly home: string;
  readonly shell: string;
  readonly builtin: boolean;
  readonly smb: boolean;
  readonly userns_idmap: string | number | null;
  /** Row of the primary group. */
  readonly group: number;
  /** Rows of further groups. */
  readonly groups: readonly number[];
  readonly password_disabled: boolean;
  readonly ssh_password_enabled: boolean;
  readonly sshpubkey: string | null;
  readonly locked: boolean;
  readonly sudo_commands: readonly string[];
  readonly sudo_commands_nopasswd: readonly string[];
  readonly email: string | null;
}

/** A local group as it is stored; its members are told by the users. */
export interface GroupRow {
  readonly id: number;
  readonly gid: number;
  readonly name: string;
  readonly builtin: boolean;
  readonly smb: boolean;
  readonly userns_idmap: string | number | null;
  readonly sudo_commands: readonly string[];
  readonly sudo_commands_nopasswd: readonly string[];
}
