import { Acl, RoleLegacy, UserLegacy, user } from "@muhlba91/pulumi-proxmoxve";
import { type Expected, expected } from "./expected.ts";

const PRIVILEGES = [
  ...["Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit"],
  ...["Mapping.Audit", "Mapping.Modify", "Mapping.Use", "SDN.Use", "Sys.AccessNetwork", "Sys.Audit", "Sys.Modify"],
  ...["VM.Allocate", "VM.Audit", "VM.Backup", "VM.Config.CDROM", "VM.Config.CPU", "VM.Config.Cloudinit"],
  ...["VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options"],
  ...["VM.GuestAgent.Audit", "VM.PowerMgmt"],
];
const USER = "homelab@pve";

/** Role, account, rights and token of one API. */
export function accountsOf(api: string): Expected[] {
  return [
    expected(RoleLegacy, { [`${api}/Homelab`]: { roleId: "Homelab", privileges: PRIVILEGES } }),
    expected(UserLegacy, { [`${api}/${USER}`]: { userId: USER, comment: "Runs this program", enabled: true } }),
    expected(Acl, { [`${api}/acl`]: { path: "/", roleId: "Homelab", userId: USER, propagate: true } }),
    expected(user.Token, {
      [`${api}/token`]: {
        userId: USER,
        tokenName: "homelab",
        comment: "Runs this program",
        // The token has the rights of its account.
        privilegesSeparation: false,
      },
    }),
  ];
}
