import type { Lifecycle } from "../lifecycle.ts";

/** Owners, modes and access control lists. */
export const permissions: readonly Lifecycle[] = [
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with a mode",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", user: "apps", group: "apps", mode: "770" },
    drift: {
      user: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", uid: 0 }),
      group: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", gid: 0 }),
      mode: (site) => site.appliance.call("filesystem.setperm", { path: "/mnt/tank/a", mode: "777" }),
    },
    changes: { user: "root", group: "root", mode: "750" },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with numbers",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", uid: 568, gid: 568, mode: "775" },
    imported: { user: "apps", group: "apps" },
    drift: {
      uid: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", uid: 0 }),
      gid: (site) => site.appliance.call("filesystem.chown", { path: "/mnt/tank/a", gid: 0 }),
    },
    changes: { uid: 0, gid: 0 },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with an NFSv4 list",
    id: "/mnt/tank/nfs4",
    inputs: {
      path: "/mnt/tank/nfs4",
      user: "apps",
      dacl: [
        { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
        { tag: "group@", type: "ALLOW", perms: { BASIC: "MODIFY" }, flags: { BASIC: "INHERIT" } },
        { tag: "USER", who: "apps", type: "ALLOW", perms: { BASIC: "READ" }, flags: { BASIC: "NOINHERIT" } },
      ],
    },
    drift: {
      dacl: (site) =>
        site.appliance.call("filesystem.setacl", {
          path: "/mnt/tank/nfs4",
          dacl: [
            { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
            { tag: "group@", type: "ALLOW", perms: { BASIC: "READ" }, flags: { BASIC: "INHERIT" } },
          ],
        }),
    },
    changes: {
      user: "root",
      dacl: [
        { tag: "owner@", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
        { tag: "everyone@", perms: { BASIC: "TRAVERSE" }, flags: { BASIC: "NOINHERIT" } },
      ],
    },
  },
  {
    type: "FilesystemAcl",
    title: "FilesystemAcl with a POSIX list",
    id: "/mnt/tank/a",
    inputs: {
      path: "/mnt/tank/a",
      acltype: "POSIX1E",
      dacl: [
        { tag: "USER_OBJ", default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
        { tag: "GROUP_OBJ", default: false, perms: { READ: true, WRITE: false, EXECUTE: true } },
        { tag: "OTHER", default: false, perms: { READ: false, WRITE: false, EXECUTE: false } },
        { tag: "MASK", default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
        { tag: "USER", id: 568, default: false, perms: { READ: true, WRITE: true, EXECUTE: true } },
      ],
    },
    drift: {
      dacl: (site) =>
        site.appliance.call("filesystem.setperm", { path: "/mnt/tank/a", mode: "777", options: { stripacl: true } }),
    },
    changes: {},
  },
];
