import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";

const BUILTIN_ADMINISTRATORS = 12;
const BIN = 3;
const someone = { username: "anna", full_name: "Anna", group_create: true, smb: false, password_disabled: true };

async function withHome(): Promise<SimulatedTrueNas> {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/home" });
  return nas;
}

test("a user comes with a group of its own, is known to shares and directories, and takes its group along", async () => {
  const nas = await withHome();

  const user = await nas.call("user.create", { ...someone, home: "/mnt/tank/home", sshpubkey: "ssh-ed25519 AAAA\n" });

  expect(user).toMatchObject({
    id: 12,
    uid: 3000,
    username: "anna",
    group: { bsdgrp_gid: 3000, bsdgrp_group: "anna", bsdgrp_builtin: false },
    groups: [],
    home: "/mnt/tank/home",
    shell: "/usr/bin/zsh",
    sshpubkey: "ssh-ed25519 AAAA",
    builtin: false,
    immutable: false,
    password: null,
  });
  expect(await nas.call("group.query", [["name", "=", "anna"]])).toMatchObject([{ gid: 3000, users: [12] }]);
  expect(await nas.call("user.get_user_obj", { username: "anna", get_groups: true })).toMatchObject({
    pw_uid: 3000,
    grouplist: [3000],
  });
  await nas.call("filesystem.chown", { path: "/mnt/tank/home", user: "anna", group: "anna" });
  expect(await nas.call("filesystem.stat", "/mnt/tank/home")).toMatchObject({ user: "anna", group: "anna" });
  expect(await nas.call("user.delete", 12)).toBe(12);
  expect(await nas.call("group.query", [["name", "=", "anna"]])).toEqual([]);
});

test("a group answers with its number, lists its members, and leaves them to nogroup", async () => {
  const nas = await anAppliance();

  expect(await nas.call("group.create", { name: "friends", smb: false })).toBe(19);
  await nas.call("user.create", { ...someone, group_create: false, group: 19 });
  await nas.call("user.create", { ...someone, username: "ben", groups: [19] });
  expect(await nas.call("group.get_instance", 19)).toMatchObject({ gid: 3000, name: "friends", users: [12, 13] });
  expect(await nas.call("group.update", 19, { users: [12] })).toBe(19);
  expect(await nas.call("group.get_instance", 19)).toMatchObject({ users: [12] });
  expect(await nas.call("group.delete", 19)).toBe(19);
  expect(await nas.call("user.get_instance", 12)).toMatchObject({ group: { bsdgrp_group: "nogroup" } });
});

describe("refused is", () => {
  test.each([
    [{ group_create: false }, "group: Enter either a group name or create a new group to continue."],
    [{ username: "root" }, 'username: The username "root" already exists.', "EEXIST"],
    [{ uid: 0 }, "uid: Uid 0 is already used (user root has it)", "EEXIST"],
    [{ smb: true }, "password_disabled: Password authentication may not be disabled for SMB users."],
    [{ password_disabled: false }, "password: Password is required"],
    [{ groups: [99] }, "groups.0: This group does not exist."],
    [{ groups: [BIN] }, "groups.0: bin: membership of this builtin group may not be altered."],
    [{ shell: "/usr/bin/fish" }, "shell: Please select a valid shell."],
    [{ home: "/mnt/tank" }, 'home: The specified path is a ZFS pool mountpoint "(/mnt/tank)".'],
    [
      { sshpubkey: "ssh-ed25519 AAAA" },
      "sshpubkey: /var/empty: the user home directory must be set to a writable path located within a data pool.",
    ],
    [{ home: "/mnt/tank/none" }, "home: /mnt/tank/none: path specified to use as home directory does not exist."],
  ])("a user with %j", async (change, message, errno = "EINVAL") => {
    const nas = await withHome();

    expect(await refusal(nas, "user.create", { ...someone, ...change })).toBe(`[${errno}] user_create.${message}\n`);
  });

  test.each([
    [{ name: "root" }, '[EEXIST] group_create.name: A Group with the name "root" already exists.\n'],
    [{ gid: 568 }, "[EEXIST] group_create.gid: Gid 568 is already used (group apps has it)\n"],
    [{ users: [99] }, "[EINVAL] group_create.users: Following users do not exist: 99\n"],
    [{ users: [1] }, "[EINVAL] group_create.users: Cannot add the root user to this group\n"],
    [{ name: "-x" }, "[EINVAL] group_create.name: Value error, Cannot start with \"'-'\"\n"],
  ])("a group with %j", async (change, error) => {
    expect(await refusal(await anAppliance(), "group.create", { name: "friends", ...change })).toBe(error);
  });

  test("what touches the accounts that every appliance comes with", async () => {
    const nas = await anAppliance();

    expect(await refusal(nas, "user.delete", 1)).toBe("[EINVAL] Cannot delete a built-in user");
    expect(await refusal(nas, "group.delete", BIN)).toBe("[EACCES] A built-in group cannot be deleted.");
    expect(await refusal(nas, "group.update", BIN, { smb: true })).toBe(
      "[EINVAL] group_update.id: Immutable groups cannot be changed\n",
    );
    expect(await refusal(nas, "group.update", BUILTIN_ADMINISTRATORS, { name: "admins" })).toBe(
      "[EINVAL] group_update.name: This configuration parameter may not be changed for builtin groups.\n",
    );
    expect(await refusal(nas, "group.update", BUILTIN_ADMINISTRATORS, { users: [] })).toBe(
      "[EINVAL] group_update.users: The root user must remain a member of the builtin_administrators group.\n",
    );
    expect(await refusal(nas, "user.update", 1, { username: "boss" })).toBe(
      "[EINVAL] user_update.username: This attribute cannot be changed\n",
    );
    expect(await refusal(nas, "user.update", 99, {})).toBe("[ENOENT] None: User 99 does not exist");
  });
});
