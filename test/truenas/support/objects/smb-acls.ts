import type { Managed } from "./managed.ts";

const EVERYBODY = { ae_perm: "FULL", ae_type: "ALLOWED", ae_who_sid: "S-1-1-0" };
const OF_A_STRANGER = { ae_perm: "READ", ae_type: "DENIED", ae_who_sid: "S-1-5-21-1-2-3-1000" };

/** Who may use a share. */
export const smbAcls: readonly Managed[] = [
  {
    type: "SmbShareAcl",
    namespace: "sharing.smb",
    setter: (id, change) => ["sharing.smb.setacl", { share_name: id, ...change }],
    ground: (at) => [
      ["pool.dataset.create", { name: `tank/guarded-${at}` }],
      ["sharing.smb.create", { name: `guarded-${at}`, path: `/mnt/tank/guarded-${at}` }],
    ],
    stated: (at) => ({
      share: `guarded-${at}`,
      entries: [
        { permission: "CHANGE", group: "builtin_users" },
        { permission: "FULL", type: "ALLOWED", group: "builtin_administrators" },
        { permission: "READ", type: "DENIED", sid: "S-1-5-21-1-2-3-1000" },
      ],
    }),
    id: ({ share }) => String(share),
    made: {
      share_acl: [
        OF_A_STRANGER,
        { ae_perm: "FULL", ae_type: "ALLOWED", ae_who_id: { id_type: "GROUP", id: 544 } },
        { ae_perm: "CHANGE", ae_type: "ALLOWED", ae_who_id: { id_type: "GROUP", id: 545 } },
      ],
    },
    drift: { entries: { share_acl: [EVERYBODY] } },
    changes: { entries: [{ permission: "READ", sid: "S-1-1-0" }] },
    refused: [
      [{ entries: [] }, "entries", "entries is empty; give at least 1"],
      [
        { entries: [{ permission: "READ" }] },
        "entries[0]",
        "an entry is for one of sid, user and group, and this one has none; state one of them",
      ],
      [
        { entries: [{ permission: "READ", user: "anna", group: "users" }] },
        "entries[0]",
        "an entry is for one of sid, user and group, and this one has user and group; state one of them",
      ],
    ],
    fixed: { share: "is how the list is found" },
  },
];
