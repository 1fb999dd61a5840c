import { groupNamed, groupWithId, localGroupsOf, usersOf } from "../accounts.ts";
import { CallError, ValidationErrors } from "../middleware/errors.ts";
import { absent, bool, defaulted, int, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { list, model, type ObjectOf, union } from "../middleware/models.ts";
import { groupSid } from "../sids.ts";
import type { GroupRow } from "../state/account-rows.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { FIRST_FREE_ID, KeyError, nameProblem, OPEN_GROUPS } from "./account-rules.ts";
import { rowMethods } from "./rows.ts";

const command = str({ min: 1 });

const shape = {
  name: refined(str({ min: 1 }), nameProblem),
  sudo_commands: defaulted(list(command), []),
  sudo_commands_nopasswd: defaulted(list(command), []),
  smb: defaulted(bool, true),
  userns_idmap: defaulted(nullable(union(literal("DIRECT"), int({ ge: 1 }))), null),
  users: absent(list(int())),
};
const createShape = { ...shape, gid: defaulted(nullable(int({ ge: 0, le: 2_147_483_647 })), null) };

type Wanted = ObjectOf<typeof createShape>;

const isImmutable = ({ builtin, gid }: GroupRow) => builtin && !OPEN_GROUPS.has(gid);

function entry({ state }: Context, group: GroupRow): Record<string, unknown> {
  const members = usersOf(state)
    .values()
    .filter((user) => user.group === group.id || user.groups.includes(group.id));
  return {
    id: group.id,
    gid: group.gid,
    name: group.name,
    group: group.name,
    builtin: group.builtin,
    sudo_commands: group.sudo_commands,
    sudo_commands_nopasswd: group.sudo_commands_nopasswd,
    smb: group.smb,
    userns_idmap: group.userns_idmap,
    immutable: isImmutable(group),
    sid: groupSid(state, group),
    roles: group.name === "builtin_administrators" ? ["FULL_ADMIN"] : [],
    local: true,
    users: members.map(({ id }) => id),
    id_type_both: false,
  };
}

/** The lowest number that no group has and that is not set aside. */
export function nextGid(state: ApplianceState): number {
  const used = new Set(
    localGroupsOf(state)
      .values()
      .map(({ gid }) => gid),
  );
  let gid = FIRST_FREE_ID;
  while (used.has(gid)) gid += 1;
  return gid;
}

function checkMembers({ state }: Context, errors: ValidationErrors, prefix: string, wanted: Wanted, old?: GroupRow) {
  const { users } = wanted;
  if (users === undefined) return;
  const root = usersOf(state)
    .values()
    .find(({ uid }) => uid === 0);
  const administrators = old?.name === "builtin_administrators";
  if (root !== undefined && users.includes(root.id) && !administrators)
    errors.add(`${prefix}.users`, "Cannot add the root user to this group");
  const unknown = users.filter((id) => !usersOf(state).has(id));
  if (unknown.length > 0) errors.add(`${prefix}.users`, `Following users do not exist: ${unknown.join(", ")}`);
  const primary = usersOf(state)
    .values()
    .filter((user) => old !== undefined && user.group === old.id && !users.includes(user.id))
    .map(({ username }) => username);
  if (primary.length > 0)
    errors.add(
      `${prefix}.users`,
      `This group is primary for the following users: ${primary.join(", ")}. You can't remove them.`,
    );
  if (administrators && root !== undefined && !users.includes(root.id))
    errors.add(`${prefix}.users`, "The root user must remain a member of the builtin_administrators group.");
}

function checkBuiltin(errors: ValidationErrors, prefix: string, wanted: Wanted, old: GroupRow): void {
  if (isImmutable(old)) errors.add(`${prefix}.id`, "Immutable groups cannot be changed");
  if (isImmutable(old) || !old.builtin) return;
  for (const key of ["sudo_commands", "sudo_commands_nopasswd", "smb", "name"] as const) {
    if (JSON.stringify(wanted[key]) !== JSON.stringify(old[key]))
      errors.add(`${prefix}.${key}`, "This configuration parameter may not be changed for builtin groups.");
  }
}

// Whom a group has as members is kept with the users.
function enlist(state: ApplianceState, group: number, members: readonly number[]): void {
  for (const user of usersOf(state).values()) {
    const others = user.groups.filter((id) => id !== group);
    const joins = members.includes(user.id) && user.group !== group;
    if (joins !== user.groups.includes(group))
      usersOf(state).put(user.id, { ...user, groups: joins ? [...others, group] : others });
  }
}

function checked(context: Context, prefix: string, wanted: Wanted, old: GroupRow | undefined): GroupRow {
  const { state } = context;
  const errors = new ValidationErrors();
  const named = groupNamed(state, wanted.name);
  if (named !== undefined && named.id !== old?.id)
    errors.add(`${prefix}.name`, `A Group with the name "${wanted.name}" already exists.`, "EEXIST");
  const numbered = wanted.gid === null ? undefined : groupWithId(state, wanted.gid);
  if (numbered !== undefined && numbered.id !== old?.id)
    errors.add(`${prefix}.gid`, `Gid ${wanted.gid} is already used (group ${numbered.name} has it)`, "EEXIST");
  checkMembers(context, errors, prefix, wanted, old);
  if (old !== undefined) checkBuiltin(errors, prefix, wanted, old);
  errors.check();
  const { users, ...fields } = wanted;
  const id = old?.id ?? Number(state.facts.get("next group") ?? 1);
  if (users !== undefined) enlist(state, id, users);
  return { ...fields, id, builtin: old?.builtin ?? false, gid: fields.gid ?? nextGid(state) };
}

function removed({ state }: Context, group: GroupRow, { options }: Readonly<Record<string, unknown>>): void {
  if (group.builtin) throw new CallError("A built-in group cannot be deleted.", "EACCES");
  const nogroup = groupNamed(state, "nogroup")?.id ?? 0;
  const withUsers = (options as { delete_users: boolean }).delete_users;
  for (const user of usersOf(state).values()) {
    if (user.group === group.id && withUsers) usersOf(state).delete(user.id);
    else if (user.group === group.id) usersOf(state).put(user.id, { ...user, group: nogroup });
  }
  enlist(state, group.id, []);
}

const groupObject = model("GroupGetGroupObj", {
  groupname: absent(str()),
  gid: absent(int()),
  sid_info: defaulted(bool, false),
});

/** `group.*`: local groups. Create and update answer with the row's number. */
export const groupMethods: Methods = {
  ...rowMethods<typeof createShape, GroupRow>({
    namespace: "group",
    noun: "Group",
    shape: createShape,
    updateShape: shape,
    arguments: ["group_create", "group_update"],
    prefixes: ["group_create", "group_update"],
    checked,
    entry,
    reply: (_context, { id }) => id,
    deletion: {
      options: defaulted(model("GroupDeleteOptions", { delete_users: defaulted(bool, false) }), {
        delete_users: false,
      }),
    },
    removed,
    gone: ({ id }) => id,
  }),
  "group.get_next_gid": method({}, ({ state }) => nextGid(state)),
  "group.get_group_obj": method({ data: groupObject }, ({ state }, { data }) => {
    const group = data.groupname === undefined ? groupWithId(state, data.gid ?? -1) : groupNamed(state, data.groupname);
    if (group === undefined) throw new KeyError(`"getgrnam(): name not found: '${data.groupname ?? data.gid}'"`);
    return { gr_name: group.name, gr_gid: group.gid, gr_mem: [], sid: null, source: "LOCAL", local: true };
  }),
};
