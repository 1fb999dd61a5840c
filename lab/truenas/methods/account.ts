import {
  type Account,
  GROUPS,
  type Group,
  groupNamed,
  groupsOf,
  groupWithId,
  USERS,
  userNamed,
  userWithId,
} from "../accounts.ts";
import { InstanceNotFound } from "../middleware/errors.ts";
import { absent, any, bool, defaulted, int, str } from "../middleware/kinds.ts";
import { type Methods, method } from "../middleware/method.ts";
import { dictionary, model } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";

const rowOf = (group: Group) => GROUPS.indexOf(group) + 1;

function groupEntry(group: Group): Record<string, unknown> {
  return {
    id: rowOf(group),
    gid: group.gid,
    name: group.name,
    group: group.name,
    builtin: true,
    sudo_commands: [],
    sudo_commands_nopasswd: [],
    smb: group.gid >= 544 && group.gid <= 546,
    userns_idmap: null,
    immutable: true,
    sid: null,
    roles: group.name === "builtin_administrators" ? ["FULL_ADMIN"] : [],
    local: true,
    users: USERS.filter((user) => groupsOf(user).includes(group.gid)).map((user) => USERS.indexOf(user) + 1),
    id_type_both: false,
  };
}

function userEntry(user: Account): Record<string, unknown> {
  const primary = groupWithId(user.gid);
  return {
    id: USERS.indexOf(user) + 1,
    uid: user.uid,
    username: user.username,
    unixhash: "*",
    smbhash: "*",
    home: user.uid === 0 ? "/root" : "/var/empty",
    shell: user.uid === 0 || user.uid === 950 ? "/usr/bin/zsh" : "/usr/sbin/nologin",
    full_name: user.username,
    builtin: true,
    smb: false,
    userns_idmap: null,
    group:
      primary === undefined
        ? null
        : { id: rowOf(primary), bsdgrp_gid: primary.gid, bsdgrp_group: primary.name, bsdgrp_builtin: true },
    groups: user.groups.flatMap((gid) => {
      const group = groupWithId(gid);
      return group === undefined ? [] : [rowOf(group)];
    }),
    password_disabled: user.uid !== 950,
    ssh_password_enabled: false,
    sshpubkey: null,
    locked: false,
    sudo_commands: [],
    sudo_commands_nopasswd: [],
    email: null,
    immutable: true,
    local: true,
    sid: null,
    roles: user.groups.includes(544) ? ["FULL_ADMIN"] : [],
    api_keys: [],
    twofactor_auth_configured: false,
  };
}

const userObject = model("UserGetUserObj", {
  username: absent(str()),
  uid: absent(int()),
  get_groups: defaulted(bool, false),
  sid_info: defaulted(bool, false),
});

const groupObject = model("GroupGetGroupObj", {
  groupname: absent(str()),
  gid: absent(int()),
  sid_info: defaulted(bool, false),
});

/** A Python KeyError, which is how a missing account surfaces. */
class KeyError extends Error {}

const instanceArguments = { id: int(), options: defaulted(dictionary(any), {}) };

/** `user.*` and `group.*`, for reading the accounts that every appliance comes with. */
export const accountMethods: Methods = {
  "user.query": method({ filters: queryFilters, options: queryOptions }, (_context, { filters, options }) =>
    filterList(USERS.map(userEntry), filters, options),
  ),
  "user.get_instance": method(instanceArguments, (_context, { id }) => {
    const user = USERS[id - 1];
    if (user === undefined) throw new InstanceNotFound(`User ${id} does not exist`);
    return userEntry(user);
  }),
  "user.get_user_obj": method({ data: userObject }, (_context, { data }) => {
    const user = data.username === undefined ? userWithId(data.uid ?? -1) : userNamed(data.username);
    if (user === undefined) throw new KeyError(`"getpwnam(): name not found: '${data.username ?? data.uid}'"`);
    return {
      pw_name: user.username,
      pw_gecos: user.username,
      pw_dir: user.uid === 0 ? "/root" : "/var/empty",
      pw_shell: "/usr/sbin/nologin",
      pw_uid: user.uid,
      pw_gid: user.gid,
      grouplist: data.get_groups ? [...groupsOf(user)] : null,
      sid: null,
      source: "LOCAL",
      local: true,
    };
  }),
  "group.query": method({ filters: queryFilters, options: queryOptions }, (_context, { filters, options }) =>
    filterList(GROUPS.map(groupEntry), filters, options),
  ),
  "group.get_instance": method(instanceArguments, (_context, { id }) => {
    const group = GROUPS[id - 1];
    if (group === undefined) throw new InstanceNotFound(`Group ${id} does not exist`);
    return groupEntry(group);
  }),
  "group.get_group_obj": method({ data: groupObject }, (_context, { data }) => {
    const group = data.groupname === undefined ? groupWithId(data.gid ?? -1) : groupNamed(data.groupname);
    if (group === undefined) throw new KeyError(`"getgrnam(): name not found: '${data.groupname ?? data.gid}'"`);
    return { gr_name: group.name, gr_gid: group.gid, gr_mem: [], sid: null, source: "LOCAL", local: true };
  }),
};
