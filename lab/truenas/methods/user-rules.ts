import { localGroupsOf, usersOf } from "../accounts.ts";
import { EXECUTABLES } from "../executables.ts";
import { nodeAt } from "../filesystem/nodes.ts";
import type { ValidationErrors } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import type { UserRow } from "../state/account-rows.ts";
import { isWithin } from "../zfs/dataset-tree.ts";
import { OPEN_GROUPS } from "./account-rules.ts";

/** A user as it is asked for. */
export interface Wanted extends Omit<UserRow, "id" | "uid" | "group" | "builtin"> {
  readonly uid?: number | null;
  readonly group: number | null;
  readonly group_create?: boolean;
  readonly home_create?: boolean | undefined;
  readonly home_mode: string;
  readonly password?: string | null | undefined;
  readonly random_password?: boolean | undefined;
}

const NO_HOME = "/var/empty";
const MOST_GROUPS = 64;
const SYSTEM_HOMES: ReadonlySet<string> = new Set([NO_HOME, "/root"]);

function checkName({ state }: Context, errors: ValidationErrors, prefix: string, wanted: Wanted, old?: UserRow): void {
  const others = usersOf(state)
    .values()
    .filter(({ id }) => id !== old?.id);
  if (others.some(({ username }) => username === wanted.username))
    errors.add(`${prefix}.username`, `The username "${wanted.username}" already exists.`, "EEXIST");
  const numbered = others.find(({ uid }) => uid === wanted.uid);
  if (numbered !== undefined)
    errors.add(`${prefix}.uid`, `Uid ${wanted.uid} is already used (user ${numbered.username} has it)`, "EEXIST");
}

function checkPassword(errors: ValidationErrors, prefix: string, wanted: Wanted, old?: UserRow): void {
  if (wanted.smb && wanted.password_disabled)
    errors.add(`${prefix}.password_disabled`, "Password authentication may not be disabled for SMB users.");
  if (old === undefined && !wanted.password && !wanted.random_password && !wanted.password_disabled)
    errors.add(`${prefix}.password`, "Password is required");
  else if (wanted.password_disabled && wanted.password)
    errors.add(`${prefix}.password_disabled`, 'Leave "Password" blank when "Disable password login" is checked.');
  if (old !== undefined && !old.smb && wanted.smb && !wanted.password)
    errors.add(`${prefix}.smb`, "Password must be reset in order to enable SMB authentication");
}

function checkHome({ state }: Context, errors: ValidationErrors, prefix: string, wanted: Wanted, old?: UserRow): void {
  const { home } = wanted;
  if (home === old?.home || home === NO_HOME) return;
  const attribute = `${prefix}.home`;
  if (!home.startsWith("/")) errors.add(attribute, '"Home Directory" must be an absolute path.');
  else if (home.includes(":")) errors.add(attribute, '"Home Directory" cannot contain colons (:).');
  else {
    if (nodeAt(state, home) === undefined)
      errors.add(
        attribute,
        wanted.home_create
          ? `${home}: path specified to use for home directory creation does not exist. TrueNAS uses the provided path as the parent directory of the newly-created home directory.`
          : `${home}: path specified to use as home directory does not exist.`,
      );
    const owner = usersOf(state)
      .values()
      .find((user) => user.home === home && user.id !== old?.id);
    if (owner !== undefined && !wanted.home_create)
      errors.add(attribute, `${home}: homedir already used by ${owner.username}.`, "EEXIST");
    if (!home.startsWith("/mnt")) errors.add(attribute, `"Home Directory" must begin with /mnt or set to ${NO_HOME}.`);
    else if (!state.pools.values().some((pool) => isWithin(home, `/mnt/${pool.name}`)))
      errors.add(attribute, `The path for the home directory "(${home})" must include a volume or dataset.`);
    else if (home.split("/").length === 3 && !wanted.home_create)
      errors.add(attribute, `The specified path is a ZFS pool mountpoint "(${home})".`);
  }
}

function checkKey(errors: ValidationErrors, prefix: string, wanted: Wanted, old?: UserRow): void {
  if (
    !wanted.sshpubkey ||
    wanted.sshpubkey === old?.sshpubkey ||
    wanted.home.startsWith("/mnt") ||
    (old !== undefined && SYSTEM_HOMES.has(old.home) && old.builtin)
  )
    return;
  if (old === undefined)
    errors.add(
      `${prefix}.sshpubkey`,
      `${wanted.home}: the user home directory must be set to a writable path located within a data pool.`,
    );
  else errors.add(`${prefix}.sshpubkey`, 'Home directory is not writable, leave this blank"');
}

function checkGroups(
  { state }: Context,
  errors: ValidationErrors,
  prefix: string,
  wanted: Wanted,
  old?: UserRow,
): void {
  if (old === undefined && (wanted.group === null) === !wanted.group_create)
    errors.add(`${prefix}.group`, "Enter either a group name or create a new group to continue.");
  else if (old !== undefined && wanted.group === null) errors.add(`${prefix}.group`, "User must have a primary group");
  else if (wanted.group !== null && !localGroupsOf(state).has(wanted.group))
    errors.add(`${prefix}.group`, `Group ${wanted.group} not found`, "ENOENT");
  if (JSON.stringify(wanted.groups) === JSON.stringify(old?.groups)) return;
  if (wanted.groups.length > MOST_GROUPS)
    errors.add(`${prefix}.groups`, "A user cannot belong to more than 64 auxiliary groups.");
  for (const [index, id] of wanted.groups.entries()) {
    const group = localGroupsOf(state).get(id);
    if (group === undefined) errors.add(`${prefix}.groups.${index}`, "This group does not exist.");
    else if (group.builtin && !OPEN_GROUPS.has(group.gid))
      errors.add(`${prefix}.groups.${index}`, `${group.name}: membership of this builtin group may not be altered.`);
  }
}

function checkBuiltin(errors: ValidationErrors, prefix: string, wanted: Wanted, old: UserRow): void {
  if (!old.builtin) return;
  for (const key of ["group", "home", "username", "smb", "userns_idmap"] as const) {
    if (wanted[key] !== old[key]) errors.add(`${prefix}.${key}`, "This attribute cannot be changed");
  }
}

/** Every reason against a user. */
export function checkUser(
  context: Context,
  errors: ValidationErrors,
  prefix: string,
  wanted: Wanted,
  old: UserRow | undefined,
): void {
  checkGroups(context, errors, prefix, wanted, old);
  checkName(context, errors, prefix, wanted, old);
  checkPassword(errors, prefix, wanted, old);
  checkHome(context, errors, prefix, wanted, old);
  checkKey(errors, prefix, wanted, old);
  if (wanted.shell !== old?.shell && !EXECUTABLES.includes(wanted.shell))
    errors.add(`${prefix}.shell`, "Please select a valid shell.");
  if (old !== undefined) checkBuiltin(errors, prefix, wanted, old);
}
