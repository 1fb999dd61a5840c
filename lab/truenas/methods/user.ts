import { groupsOf, localGroupsOf, userNamed, usersOf, userWithId } from "../accounts.ts";
import { nodeAt } from "../filesystem/nodes.ts";
import { CallError, ValidationErrors } from "../middleware/errors.ts";
import { absent, bool, defaulted, int, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { list, model, union } from "../middleware/models.ts";
import { userSid } from "../sids.ts";
import type { UserRow } from "../state/account-rows.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { FIRST_FREE_ID, KeyError, nameProblem } from "./account-rules.ts";
import { nextGid } from "./group.ts";
import { rowMethods } from "./rows.ts";
import { checkUser, type Wanted } from "./user-rules.ts";

const command = str({ min: 1 });
const LONG = 2 ** 20;

const shape = {
  username: refined(str({ min: 1 }), nameProblem),
  full_name: str({ min: 1 }),
  home: defaulted(str({ min: 1 }), "/var/empty"),
  shell: defaulted(str({ min: 1 }), "/usr/bin/zsh"),
  smb: defaulted(bool, true),
  userns_idmap: defaulted(nullable(union(literal("DIRECT"), int({ ge: 1 }))), null),
  group: defaulted(nullable(int()), null),
  groups: defaulted(list(int()), []),
  password_disabled: defaulted(bool, false),
  ssh_password_enabled: defaulted(bool, false),
  sshpubkey: defaulted(nullable(str({ max: LONG })), null),
  locked: defaulted(bool, false),
  sudo_commands: defaulted(list(command), []),
  sudo_commands_nopasswd: defaulted(list(command), []),
  email: defaulted(nullable(str()), null),
  home_create: defaulted(bool, false),
  home_mode: defaulted(str(), "700"),
  password: defaulted(nullable(str({ min: 1 })), null),
  random_password: defaulted(bool, false),
};
const createShape = {
  ...shape,
  uid: defaulted(nullable(int({ ge: 0, le: 2_147_483_647 })), null),
  group_create: defaulted(bool, false),
};

function entry({ state }: Context, user: UserRow): Record<string, unknown> {
  const primary = localGroupsOf(state).get(user.group);
  const administrator = user.groups.some((id) => localGroupsOf(state).get(id)?.name === "builtin_administrators");
  return {
    id: user.id,
    uid: user.uid,
    username: user.username,
    unixhash: user.password_disabled ? "*" : `$6$simulated$${user.username}`,
    smbhash: "*",
    home: user.home,
    shell: user.shell,
    full_name: user.full_name,
    builtin: user.builtin,
    smb: user.smb,
    userns_idmap: user.userns_idmap,
    group:
      primary === undefined
        ? null
        : {
            id: primary.id,
            bsdgrp_gid: primary.gid,
            bsdgrp_group: primary.name,
            bsdgrp_builtin: primary.builtin,
          },
    groups: [...user.groups].reverse(),
    password_disabled: user.password_disabled,
    ssh_password_enabled: user.ssh_password_enabled,
    sshpubkey: user.sshpubkey,
    locked: user.locked,
    sudo_commands: user.sudo_commands,
    sudo_commands_nopasswd: user.sudo_commands_nopasswd,
    email: user.email,
    immutable: user.builtin,
    local: true,
    sid: userSid(state, user),
    last_password_change: null,
    password_age: null,
    password_history: null,
    password_change_required: false,
    roles: administrator ? ["FULL_ADMIN"] : [],
    api_keys: [],
    twofactor_auth_configured: false,
  };
}

function nextUid(state: ApplianceState): number {
  const used = new Set(
    usersOf(state)
      .values()
      .map(({ uid }) => uid),
  );
  let uid = FIRST_FREE_ID;
  while (used.has(uid)) uid += 1;
  return uid;
}

// A group of the user's own name, which a group of that name that is there already stands in for.
function ownGroup(state: ApplianceState, username: string): number {
  const there = localGroupsOf(state)
    .values()
    .find(({ name }) => name === username);
  if (there !== undefined) return there.id;
  const gid = nextGid(state);
  const id = state.next("group");
  const nothing = { userns_idmap: null, sudo_commands: [], sudo_commands_nopasswd: [] };
  localGroupsOf(state).put(id, { id, gid, name: username, builtin: false, smb: false, ...nothing });
  return id;
}

function makeHome(state: ApplianceState, user: Wanted, uid: number, group: number): string {
  if (!user.home_create || user.home === "/var/empty") return user.home;
  const path = `${user.home}/${user.username}`;
  const gid = localGroupsOf(state).get(group)?.gid ?? 0;
  const parent = nodeAt(state, user.home);
  if (parent !== undefined && nodeAt(state, path) === undefined)
    state.nodes.put(path, { path, uid, gid, mode: Number.parseInt(user.home_mode, 8) });
  return path;
}

function checked(context: Context, prefix: string, wanted: Wanted, old: UserRow | undefined): Partial<UserRow> {
  const { state } = context;
  const errors = new ValidationErrors();
  checkUser(context, errors, prefix, wanted, old);
  errors.check();
  const uid = old?.uid ?? wanted.uid ?? nextUid(state);
  const group = wanted.group ?? ownGroup(state, wanted.username);
  const home = makeHome(state, wanted, uid, group);
  const { home_create: _create, home_mode: _mode, password: _password, random_password: _random, ...rest } = wanted;
  const { group_create: _own, ...fields } = rest;
  const sshpubkey = fields.sshpubkey?.trim() ? fields.sshpubkey.trim() : null;
  return { ...fields, sshpubkey, uid, group, home, builtin: old?.builtin ?? false };
}

function removed({ state }: Context, user: UserRow, { options }: Readonly<Record<string, unknown>>): void {
  if (user.builtin) throw new CallError("Cannot delete a built-in user", "EINVAL");
  const group = localGroupsOf(state).get(user.group);
  if (!(options as { delete_group: boolean }).delete_group || group === undefined || group.builtin) return;
  const others = usersOf(state)
    .values()
    .filter((other) => other.groups.includes(group.id) || (other.group === group.id && other.id !== user.id));
  if (others.length === 0) localGroupsOf(state).delete(group.id);
}

const userObject = model("UserGetUserObj", {
  username: absent(str()),
  uid: absent(int()),
  get_groups: defaulted(bool, false),
  sid_info: defaulted(bool, false),
});

const withPassword = (context: Context, row: UserRow) => ({ ...entry(context, row), password: null });

/** `user.*`: local users. */
export const userMethods: Methods = {
  ...rowMethods<typeof createShape, UserRow>({
    namespace: "user",
    noun: "User",
    shape: createShape,
    updateShape: shape,
    arguments: ["user_create", "user_update"],
    prefixes: ["user_create", "user_update"],
    checked,
    entry,
    reply: withPassword,
    deletion: {
      options: defaulted(model("UserDeleteOptions", { delete_group: defaulted(bool, true) }), { delete_group: true }),
    },
    removed,
    gone: ({ id }) => id,
  }),
  "user.get_user_obj": method({ data: userObject }, ({ state }, { data }) => {
    const user = data.username === undefined ? userWithId(state, data.uid ?? -1) : userNamed(state, data.username);
    if (user === undefined) throw new KeyError(`"getpwnam(): name not found: '${data.username ?? data.uid}'"`);
    const row = usersOf(state)
      .values()
      .find(({ uid }) => uid === user.uid);
    return {
      pw_name: user.username,
      pw_gecos: row?.full_name ?? user.username,
      pw_dir: row?.home ?? "/var/empty",
      pw_shell: row?.shell ?? "/usr/sbin/nologin",
      pw_uid: user.uid,
      pw_gid: user.gid,
      grouplist: data.get_groups ? [...groupsOf(user)] : null,
      sid: null,
      source: "LOCAL",
      local: true,
    };
  }),
};
