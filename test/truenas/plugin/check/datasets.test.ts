import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const dataset = (more: Values) => problems("Dataset", { name: "tank/a", ...more });

describe("datasets", () => {
  test.each([
    ["tank", 'name "tank" is a pool\'s root dataset; name a dataset below it, e.g. "tank/data"'],
    ["boot-pool/x", 'name "boot-pool/x" lies on the boot pool, which holds no data; use another pool'],
    ["tank/ix-apps", 'name "tank/ix-apps" is TrueNAS\'s own ("ix-apps"); use another name'],
    [
      "tank/a//b",
      'name "" is no dataset name; begin with a letter or digit, use letters, digits and _ . : - and inner spaces',
    ],
    [
      "tank/a ",
      'name "a " is no dataset name; begin with a letter or digit, use letters, digits and _ . : - and inner spaces',
    ],
    [`tank/${"x".repeat(200)}`, `name "tank/${"x".repeat(200)}" has 205 characters and 200 are allowed; shorten it`],
  ])("the name %j", (name, reason) => {
    expect(problems("Dataset", { name })).toEqual([["name", reason]]);
  });

  test.each([
    [
      { acltype: "POSIX", aclmode: "RESTRICTED" },
      "aclmode RESTRICTED does not fit acltype POSIX, which allows DISCARD only; use DISCARD, or acltype NFSV4",
    ],
    [
      { acltype: "NFSV4" },
      "acltype NFSV4 needs another aclmode, which is not stated (a pool's root has DISCARD); use PASSTHROUGH or RESTRICTED",
    ],
    [
      { acltype: "NFSV4", aclmode: "DISCARD" },
      "acltype NFSV4 needs another aclmode, which is DISCARD; use PASSTHROUGH or RESTRICTED",
    ],
  ])("the pair %j", (more, reason) => {
    expect(dataset(more)).toEqual([["aclmode", reason]]);
  });

  test("a guarantee beyond the ceiling", () => {
    const more = { reservation: 3_000_000_000, quota: 2_000_000_000 };

    expect(dataset(more)).toEqual([
      [
        "reservation",
        "reservation of 3000000000 bytes is larger than quota of 2000000000 bytes; lower it or raise the quota",
      ],
    ]);
  });

  test.each([
    [
      { recordsize: "100K" },
      "recordsize",
      'recordsize "100K" is no block size; use a power of two from 512 to 16M, e.g. "128K"',
    ],
    [
      { comments: "INHERIT" },
      "comments",
      'comments is "INHERIT", which TrueNAS would store as text; leave it out to have none',
    ],
    [
      { userProperties: { "Homelab:class": "x" } },
      'userProperties["Homelab:class"]',
      '"Homelab:class" is no user property name; use namespace:name in lower-case letters, digits and : + . _ -',
    ],
  ])("the property %j", (more: Values, property, reason) => {
    expect(dataset(more)).toEqual([[property, reason]]);
  });
});
