import { describe, expect, test } from "vitest";
import { reaches } from "../../../src/site/checks/reach.ts";
import type { Permissions } from "../../../src/site/index.ts";

const APPS = { user: "apps", group: "apps" };
const MEMBER = { group: "builtin_users" };

describe("a mode", () => {
  test.each([
    ["770", APPS, "write", true],
    ["570", APPS, "write", false],
    ["570", APPS, "read", true],
    ["070", APPS, "read", false],
    ["707", MEMBER, "write", true],
    ["775", MEMBER, "write", false],
    ["771", MEMBER, "pass", true],
    ["000", { user: "root", group: "root" }, "write", true],
  ] as const)("%s lets %j %s: %j", (mode, who, want, expected) => {
    expect(reaches({ user: "apps", group: "apps", mode }, who, want)).toBe(expected);
  });

  test("knows built-in accounts by name and by id", () => {
    expect(reaches({ user: "568", group: "568", mode: "700" }, APPS, "write")).toBe(true);
  });

  test("of an undeclared mount point is root's 755", () => {
    expect([reaches(undefined, APPS, "read"), reaches(undefined, APPS, "write")]).toEqual([true, false]);
  });
});

describe("an ACL", () => {
  const permissions: Permissions = {
    user: "root",
    group: "builtin_users",
    acl: [
      { who: { tag: "owner@" }, allow: "FULL_CONTROL" },
      { who: { tag: "USER", who: "apps" }, allow: "READ" },
      { who: { tag: "GROUP", who: "builtin_users" }, allow: "MODIFY" },
      { who: { tag: "everyone@" }, allow: "TRAVERSE" },
    ],
  };

  test.each([
    [APPS, "read", true],
    [APPS, "write", false],
    [MEMBER, "write", true],
    [{ user: "nobody", group: "nogroup" }, "read", false],
    [{ user: "nobody", group: "nogroup" }, "pass", true],
  ] as const)("lets %j %s: %j", (who, want, expected) => {
    expect(reaches(permissions, who, want)).toBe(expected);
  });
});
