import { expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";

const rights = { ae_perm: "READ", ae_type: "ALLOWED" };

test("a share lets everybody in until its list says otherwise, and tells whom it knows", async () => {
  const nas = await anAppliance();
  await nas.call("sharing.smb.create", { name: "Photos", path: "/mnt/tank" });
  const everybody = { ae_who_sid: "S-1-1-0", ae_who_id: null, ae_who_str: "everyone@" };

  expect(await nas.call("sharing.smb.getacl", { share_name: "photos" })).toEqual({
    share_name: "photos",
    share_acl: [{ ae_perm: "FULL", ae_type: "ALLOWED", ...everybody }],
  });
  await nas.call("sharing.smb.setacl", {
    share_name: "Photos",
    share_acl: [
      { ...rights, ae_who_id: { id_type: "GROUP", id: 545 } },
      { ...rights, ae_who_sid: "S-1-5-21-1-2-3-4" },
    ],
  });
  expect(await nas.call("sharing.smb.getacl", { share_name: "photos" })).toMatchObject({
    share_acl: [
      { ae_who_id: { id_type: "GROUP", id: 545 }, ae_who_str: "builtin_users" },
      { ae_who_sid: "S-1-5-21-1-2-3-4", ae_who_id: null, ae_who_str: null },
    ],
  });
  expect(await nas.call("group.query", [["gid", "=", 545]])).toMatchObject([
    { sid: expect.stringMatching(/^S-1-5-21-/) },
  ]);
});

test("refused are shares that are not there and accounts that SMB does not know", async () => {
  const nas = await anAppliance();
  await nas.call("sharing.smb.create", { name: "Photos", path: "/mnt/tank" });
  const set = (share_name: string, entry: object) =>
    refusal(nas, "sharing.smb.setacl", { share_name, share_acl: [{ ...rights, ...entry }] });

  expect(await refusal(nas, "sharing.smb.getacl", { share_name: "none" })).toBe(
    "[EINVAL] sharing_smb_getacl.share_name: Share does not exist\n",
  );
  expect(await set("none", { ae_who_sid: "S-1-1-0" })).toBe(
    "[EINVAL] sharing_smb_setacl.share_name: Share does not exist\n",
  );
  expect(await set("Photos", { ae_who_id: { id_type: "USER", id: 568 } })).toBe(
    "[EINVAL] sharing_smb_setacl.share_acl.0.ae_who_id: User or group does must exist and be an SMB account.\n",
  );
});
