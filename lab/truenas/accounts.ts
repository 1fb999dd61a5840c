import type { GroupRow, UserRow } from "./state/account-rows.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import type { Table } from "./state/store.ts";

/** A local user. */
export interface Account {
  readonly username: string;
  readonly uid: number;
  /** Primary group. */
  readonly gid: number;
  /** Further groups. */
  readonly groups: readonly number[];
}

const groupRows: readonly (readonly [name: string, gid: number])[] = [
  ["root", 0],
  ["daemon", 1],
  ["bin", 2],
  ["sys", 3],
  ["adm", 4],
  ["mail", 8],
  ["www-data", 33],
  ["backup", 34],
  ["utmp", 43],
  ["staff", 50],
  ["users", 100],
  ["builtin_administrators", 544],
  ["builtin_users", 545],
  ["builtin_guests", 546],
  ["apps", 568],
  ["webservice", 666],
  ["truenas_admin", 950],
  ["nogroup", 65_534],
];

const BUILTIN_ADMINISTRATORS = 544;

const userRows: readonly (readonly [name: string, uid: number, gid: number, groups?: readonly number[]])[] = [
  ["root", 0, 0, [BUILTIN_ADMINISTRATORS]],
  ["daemon", 1, 1],
  ["bin", 2, 2],
  ["sys", 3, 3],
  ["mail", 8, 8],
  ["www-data", 33, 33],
  ["backup", 34, 34],
  ["apps", 568, 568],
  ["webservice", 666, 666],
  ["truenas_admin", 950, 950, [BUILTIN_ADMINISTRATORS]],
  ["nobody", 65_534, 65_534],
];

/** The user that is nobody: whom squashed clients become. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

const FIRST_ADMIN = 950;

/** Every local user. */
export const usersOf = (state: ApplianceState): Table<UserRow> => state.table("user");

/** Every local group. */
export const localGroupsOf = (state: ApplianceState): Table<GroupRow> => state.table("group");

/** Gives a new appliance the accounts that every appliance comes with. */
export function installAccounts(state: ApplianceState): void {
  if (localGroupsOf(state).size > 0) return;
  for (const [name, gid] of groupRows) {
    const id = state.next("group");
    const smb = gid >= 544 && gid <= 546;
    const nothing = { userns_idmap: null, sudo_commands: [], sudo_commands_nopasswd: [] };
    localGroupsOf(state).put(id, { id, gid, name, builtin: true, smb, ...nothing });
  }
  for (const [username, uid, gid, groups = []] of userRows) installUser(state, username, uid, [gid, ...groups]);
}

function installUser(state: ApplianceState, username: string, uid: number, gids: readonly number[]): void {
  const id = state.next("user");
  const rowsOfGids = gids.map(
    (gid) =>
      localGroupsOf(state)
        .values()
        .find((group) => group.gid === gid)?.id ?? 0,
  );
  const [group = 0, ...groups] = rowsOfGids;
  const person = uid === 0 || uid === FIRST_ADMIN;
  usersOf(state).put(id, {
    id,
    uid,
    username,
    full_name: username,
    home: uid === 0 ? "/root" : "/var/empty",
    shell: person ? "/usr/bin/zsh" : "/usr/sbin/nologin",
    builtin: true,
    smb: false,
    userns_idmap: null,
    group,
    groups,
    password_disabled: uid !== FIRST_ADMIN,
    ssh_password_enabled: false,
    sshpubkey: null,
    locked: false,
    sudo_commands: [],
    sudo_commands_nopasswd: [],
    email: null,
  });
}

function accountOf(state: ApplianceState, row: UserRow | undefined): Account | undefined {
  if (row === undefined) return undefined;
  const gids = [row.group, ...row.groups].flatMap((id) => localGroupsOf(state).get(id)?.gid ?? []);
  const [gid = NOBODY.gid, ...groups] = gids;
  return { username: row.username, uid: row.uid, gid, groups };
}

/** The user of that name. */
export function userNamed(state: ApplianceState, name: string): Account | undefined {
  return accountOf(
    state,
    usersOf(state)
      .values()
      .find((user) => user.username === name),
  );
}

/** The user with that id. */
export function userWithId(state: ApplianceState, uid: number): Account | undefined {
  return accountOf(
    state,
    usersOf(state)
      .values()
      .find((user) => user.uid === uid),
  );
}

/** The group of that name. */
export function groupNamed(state: ApplianceState, name: string): GroupRow | undefined {
  return localGroupsOf(state)
    .values()
    .find((group) => group.name === name);
}

/** The group with that id. */
export function groupWithId(state: ApplianceState, gid: number): GroupRow | undefined {
  return localGroupsOf(state)
    .values()
    .find((group) => group.gid === gid);
}

/** Every group that a user is in, the primary one first. */
export function groupsOf(account: Account): readonly number[] {
  return [account.gid, ...account.groups];
}

/** What sudo lets a user run without a password: `midclt` where the user's row says nothing, everything for root. */
export function sudoersOf(state: ApplianceState, name: string): readonly string[] {
  if (name === "root") return ["ALL"];
  const stated = usersOf(state)
    .values()
    .find(({ username }) => username === name)?.sudo_commands_nopasswd;
  return stated !== undefined && stated.length > 0 ? stated : ["/usr/bin/midclt"];
}
