import { localGroupsOf, usersOf } from "../accounts.ts";
import { ValidationErrors } from "../middleware/errors.ts";
import { defaulted, int, literal, nullable, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { list, model, type ObjectOf } from "../middleware/models.ts";
import { groupSid, userSid } from "../sids.ts";

const EVERYBODY = "S-1-1-0";

const aclEntry = model("SMBShareAclEntry", {
  ae_perm: literal("FULL", "CHANGE", "READ"),
  ae_type: literal("ALLOWED", "DENIED"),
  ae_who_sid: defaulted(nullable(str()), null),
  ae_who_id: defaulted(
    nullable(model("SMBShareAclEntryWhoId", { id_type: literal("USER", "GROUP"), id: int({ ge: 0 }) })),
    null,
  ),
  ae_who_str: defaulted(nullable(str({ min: 1 })), null),
});

const world = {
  ae_perm: "FULL" as const,
  ae_type: "ALLOWED" as const,
  ae_who_sid: EVERYBODY,
  ae_who_id: null,
  ae_who_str: null,
};

type Entry = ObjectOf<(typeof aclEntry)["shape"]>;

interface Kept {
  readonly entries: readonly Pick<Entry, "ae_perm" | "ae_type" | "ae_who_sid">[];
}

const kept = ({ state }: Context) => state.table<Kept>("sharing.smb.acl");

function requireShare({ state }: Context, prefix: string, name: string): string {
  const share = state.smbShares.values().find((row) => row.name.toLowerCase() === name.toLowerCase());
  if (share === undefined) throw new ValidationErrors().add(`${prefix}.share_name`, "Share does not exist");
  return share.name.toLowerCase();
}

function sidOf({ state }: Context, { id_type, id }: { readonly id_type: string; readonly id: number }): string | null {
  if (id_type === "USER") {
    const user = usersOf(state)
      .values()
      .find(({ uid }) => uid === id);
    return user === undefined ? null : userSid(state, user);
  }
  const group = localGroupsOf(state)
    .values()
    .find(({ gid }) => gid === id);
  return group === undefined ? null : groupSid(state, group);
}

function shown(context: Context, entry: Kept["entries"][number]): Record<string, unknown> {
  const { state } = context;
  const sid = entry.ae_who_sid;
  if (sid === EVERYBODY) return { ...entry, ae_who_id: null, ae_who_str: "everyone@" };
  const user = usersOf(state)
    .values()
    .find((row) => userSid(state, row) === sid);
  if (user !== undefined) return { ...entry, ae_who_id: { id_type: "USER", id: user.uid }, ae_who_str: user.username };
  const group = localGroupsOf(state)
    .values()
    .find((row) => groupSid(state, row) === sid);
  if (group !== undefined) return { ...entry, ae_who_id: { id_type: "GROUP", id: group.gid }, ae_who_str: group.name };
  return { ...entry, ae_who_id: null, ae_who_str: null };
}

function reply(context: Context, name: string, key: string): Record<string, unknown> {
  const entries = kept(context).get(key)?.entries ?? [world];
  const plain = entries.map(({ ae_perm, ae_type, ae_who_sid }) => ({ ae_perm, ae_type, ae_who_sid }));
  return { share_name: name, share_acl: plain.map((entry) => shown(context, entry)) };
}

function identified(context: Context, errors: ValidationErrors, entry: Entry, index: number): Kept["entries"] {
  const { ae_perm, ae_type, ae_who_sid, ae_who_id } = entry;
  if (ae_who_sid) return [{ ae_perm, ae_type, ae_who_sid }];
  const sid = ae_who_id === null ? null : sidOf(context, ae_who_id);
  if (sid !== null) return [{ ae_perm, ae_type, ae_who_sid: sid }];
  errors.add(`sharing_smb_setacl.share_acl.${index}.ae_who_id`, "User or group does must exist and be an SMB account.");
  return [];
}

/** `sharing.smb.getacl` and `setacl`: who may use a share. */
export const smbShareAclMethods: Methods = {
  "sharing.smb.getacl": method(
    { smb_getacl: model("SharingSMBGetacl", { share_name: str({ min: 1 }) }) },
    (context, { smb_getacl: { share_name } }) =>
      reply(context, share_name, requireShare(context, "sharing_smb_getacl", share_name)),
  ),
  "sharing.smb.setacl": method(
    {
      smb_setacl: model("SMBShareAcl", {
        share_name: str({ min: 1 }),
        share_acl: defaulted(list(aclEntry), [world]),
      }),
    },
    (context, { smb_setacl: { share_name, share_acl } }) => {
      const key = requireShare(context, "sharing_smb_setacl", share_name);
      const errors = new ValidationErrors();
      const entries = share_acl.flatMap((entry, index) => identified(context, errors, entry, index));
      errors.check();
      kept(context).put(key, { entries });
      return reply(context, share_name, key);
    },
    { writes: true },
  ),
};
