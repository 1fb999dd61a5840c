import { foundBy, type Managed } from "./managed.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ1dCBub3QgYW55Ym9keSdzIHJlYWwga2V5IGF0IGFs replication";
/** Rows of groups that every appliance comes with. */
const BUILTIN_USERS = 13;
const APPS = 15;
/** Row of the second group that is made by hand. */
const FRIENDS = 20;

/** Who may log in. */
export const accounts: readonly Managed[] = [
  {
    type: "Group",
    namespace: "group",
    stated: (at) => ({
      name: `team-${at}`,
      gid: GIDS[at] ?? 3100,
      smb: false,
      sudoCommands: ["/usr/sbin/zpool"],
      sudoCommandsNopasswd: ["/usr/sbin/zfs", "/usr/sbin/zpool"],
    }),
    id: ({ name }) => String(name),
    made: {
      name: "team-it",
      gid: 3100,
      smb: false,
      sudo_commands: ["/usr/sbin/zpool"],
      sudo_commands_nopasswd: ["/usr/sbin/zpool", "/usr/sbin/zfs"],
    },
    drift: {
      smb: { smb: true },
      sudoCommands: { sudo_commands: [] },
      sudoCommandsNopasswd: { sudo_commands_nopasswd: ["/usr/sbin/zfs"] },
    },
    changes: { smb: true, sudoCommands: [], sudoCommandsNopasswd: ["/usr/sbin/zfs"] },
    refused: [
      [
        { name: "my team" },
        "name",
        'name "my team" is no account name; begin with a letter or _, and use letters, digits and _ . -',
      ],
    ],
    otherwise: { smb: true },
    fixed: { ...foundBy("group", "name"), gid: "is fixed once made" },
  },
  {
    type: "User",
    namespace: "user",
    ground: (at) => [
      ["pool.dataset.create", { name: `tank/home-${at}` }],
      ["group.create", { name: `friends-${at}` }],
    ],
    stated: (at) => ({
      username: `replica-${at}`,
      fullName: "Receives replicas",
      uid: UIDS[at] ?? 3200,
      group: `friends-${at}`,
      groups: ["apps", "builtin_users"],
      home: `/mnt/tank/home-${at}`,
      shell: "/usr/bin/bash",
      email: "admin@home.lan",
      sshpubkey: KEY,
      locked: true,
      sudoCommands: ["/usr/sbin/zpool"],
      sudoCommandsNopasswd: ["/usr/sbin/zfs"],
    }),
    id: ({ username }) => String(username),
    made: {
      username: "replica-it",
      full_name: "Receives replicas",
      uid: 3200,
      group: FRIENDS,
      groups: [BUILTIN_USERS, APPS],
      home: "/mnt/tank/home-it",
      shell: "/usr/bin/bash",
      email: "admin@home.lan",
      sshpubkey: `${KEY}\n`,
      locked: true,
      sudo_commands: ["/usr/sbin/zpool"],
      sudo_commands_nopasswd: ["/usr/sbin/zfs"],
      smb: false,
      password_disabled: true,
    },
    drift: {
      fullName: { full_name: "Somebody" },
      group: { group: BUILTIN_USERS },
      groups: { groups: [APPS] },
      home: { home: "/var/empty" },
      shell: { shell: "/usr/sbin/nologin" },
      email: { email: null },
      sshpubkey: { sshpubkey: null },
      locked: { locked: false },
      sudoCommands: { sudo_commands: [] },
      sudoCommandsNopasswd: { sudo_commands_nopasswd: ["/usr/sbin/zfs", "/usr/sbin/zpool"] },
    },
    changes: {
      fullName: "Sends replicas",
      group: "apps",
      groups: ["builtin_users"],
      shell: "/usr/bin/zsh",
      email: "root@home.lan",
      sshpubkey: `${KEY}-2`,
      locked: false,
      sudoCommandsNopasswd: [],
    },
    refused: [
      [
        { username: "1st" },
        "username",
        'username "1st" is no account name; begin with a letter or _, and use letters, digits and _ . -',
      ],
      [{ fullName: "a:b" }, "fullName", 'fullName "a:b" is no full name; write one without a colon'],
      [
        { home: undefined },
        "sshpubkey",
        "sshpubkey is kept in the home directory, and nobody can write to /var/empty; state a home below /mnt",
      ],
    ],
    otherwise: { locked: false },
    fixed: { ...foundBy("user", "username"), uid: "is fixed once made" },
  },
];

/** Numbers of the objects of which there is one for each property. */
const GIDS: Readonly<Record<string, number>> = { smb: 3101, sudocommands: 3102, sudocommandsnopasswd: 3103 };
const UIDS: Readonly<Record<string, number>> = {
  fullname: 3201,
  group: 3202,
  groups: 3203,
  home: 3204,
  shell: 3205,
  email: 3206,
  sshpubkey: 3207,
  locked: 3208,
  sudocommands: 3209,
  sudocommandsnopasswd: 3210,
};
