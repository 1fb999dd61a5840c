/** A local user that every appliance comes with. */
export interface Account {
  readonly username: string;
  readonly uid: number;
  /** Primary group. */
  readonly gid: number;
  /** Further groups. */
  readonly groups: readonly number[];
}

/** A local group that every appliance comes with. */
export interface Group {
  readonly name: string;
  readonly gid: number;
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

/** Every local group, in order of id. */
export const GROUPS: readonly Group[] = groupRows.map(([name, gid]) => ({ name, gid }));

/** Every local user, in order of id. */
export const USERS: readonly Account[] = userRows.map(([username, uid, gid, groups = []]) => ({
  username,
  uid,
  gid,
  groups,
}));

/** The user that is nobody: whom squashed clients become. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** The user of that name. */
export function userNamed(name: string): Account | undefined {
  return USERS.find((user) => user.username === name);
}

/** The user with that id. */
export function userWithId(uid: number): Account | undefined {
  return USERS.find((user) => user.uid === uid);
}

/** The group of that name. */
export function groupNamed(name: string): Group | undefined {
  return GROUPS.find((group) => group.name === name);
}

/** The group with that id. */
export function groupWithId(gid: number): Group | undefined {
  return GROUPS.find((group) => group.gid === gid);
}

/** Every group that a user is in, the primary one first. */
export function groupsOf(account: Account): readonly number[] {
  return [account.gid, ...account.groups];
}
