import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const acl = (more: Values) => problems("FilesystemAcl", { path: "/mnt/tank/a", ...more });

describe("permissions", () => {
  test.each([
    [{}, "mode", "nothing to set; state at least one of user, uid, group, gid, mode and dacl"],
    [{ mode: "rwx" }, "mode", 'mode "rwx" is no mode; use three octal digits such as "770"'],
    [{ mode: "770", user: "apps", uid: 568 }, "uid", "uid and user exclude each other; state one of them"],
    [{ mode: "770", acltype: "NFS4" }, "acltype", "acltype says what kind dacl is; state dacl or leave it out"],
    [
      { dacl: [{ tag: "USER", perms: { BASIC: "READ" } }] },
      "dacl[0]",
      "an entry for a USER needs id or who; state one of them",
    ],
    [{ dacl: [] }, "dacl", "dacl is empty; give at least 1"],
    [
      { dacl: [{ tag: "owner@", perms: { BASIC: 5 } }] },
      'dacl[0].perms["BASIC"]',
      'perms["BASIC"] is 5; use text, true or false',
    ],
  ])("%j", (more: Values, property, reason) => {
    expect(acl(more)).toEqual([[property, reason]]);
  });

  test("the pool's mount point", () => {
    expect(problems("FilesystemAcl", { path: "/mnt/tank", mode: "770" })).toEqual([
      ["path", '"/mnt/tank" is a pool\'s mount point, which TrueNAS does not let change; name a directory below it'],
    ]);
  });
});
