import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../support/plugin.ts";
import { problems, type Values } from "./problems.ts";

const dataset = (more: Values) => problems("Dataset", { name: "tank/a", ...more });

describe("every kind of value", () => {
  test("all problems come at once, each with its path", () => {
    const inputs = {
      name: "tank",
      quota: 5,
      compression: "LZ5",
      atime: true,
      schedule: {},
      userProperties: { Class: "x" },
    };

    expect(problems("Dataset", inputs).map(([property]) => property)).toEqual([
      "schedule",
      "name",
      "compression",
      'userProperties["Class"]',
      "atime",
      "quota",
    ]);
  });

  test.each([
    [{ Quota: 1 }, "Quota", 'Dataset has no property "Quota"; did you mean "quota"?'],
    [{ share_type: "SMB" }, "share_type", 'Dataset has no property "share_type"; did you mean "shareType"?'],
    [{ comments: 5 }, "comments", "comments is 5; use text"],
    [{ quota: "5 TB" }, "quota", 'quota is "5 TB"; use a whole number of bytes'],
    [{ quota: 1073741824.5 }, "quota", "quota is 1073741824.5; use a whole number of bytes"],
    [{ copies: "two" }, "copies", 'copies is "two"; use a whole number, or INHERIT'],
    [{ adopt: "yes" }, "adopt", 'adopt is "yes"; use true or false'],
    [{ userProperties: [] }, "userProperties", "userProperties is []; use an object"],
    [{ sync: "SOMETIMES" }, "sync", 'sync "SOMETIMES" is not allowed; use one of STANDARD, ALWAYS, DISABLED, INHERIT'],
    [
      { casesensitivity: "INHERIT" },
      "casesensitivity",
      'casesensitivity "INHERIT" is not allowed; use one of SENSITIVE, INSENSITIVE',
    ],
    [{ quota: 1000 }, "quota", "quota 1000 is below the minimum of 1073741824 bytes; raise it or use 0 for none"],
    [{ copies: 4 }, "copies", "copies 4 is above the maximum of 3; lower it"],
    [{ quotaWarning: -1 }, "quotaWarning", "quotaWarning -1 is below the minimum of 0; raise it"],
    [{ comments: "x".repeat(1025) }, "comments", "comments has 1025 characters and 1024 are allowed; shorten it"],
    [
      { userProperties: { "homelab:class": 5 } },
      'userProperties["homelab:class"]',
      'userProperties["homelab:class"] is 5; use text',
    ],
  ])("%j", (more: Values, property, reason) => {
    expect(dataset(more)).toEqual([[property, reason]]);
  });

  test("a property that exists under no spelling is answered with all that do", () => {
    expect(problems("Service", { service: "nfs", boot: true })).toEqual([
      ["boot", 'Service has no property "boot"; it has service, enable, running'],
    ]);
  });

  test("what is required is named with its meaning", () => {
    expect(problems("Zvol", { name: "tank/v" })).toEqual([
      ["volsize", 'Zvol needs "volsize"; size in bytes, a multiple of `volblocksize`; it can grow and never shrink'],
    ]);
  });

  test("values that are not known yet are passed over", () => {
    expect(
      problems("Dataset", { name: UNKNOWN, quota: UNKNOWN, acltype: UNKNOWN, userProperties: { "a:b": UNKNOWN } }),
    ).toEqual([]);
    expect(
      problems("SnapshotTask", { dataset: UNKNOWN, namingSchema: UNKNOWN, recursive: true, exclude: ["tank/x"] }),
    ).toEqual([]);
    expect(problems("Pool", { name: "tank", topology: UNKNOWN })).toEqual([]);
    expect(problems("NfsShare", { path: UNKNOWN, networks: [UNKNOWN, UNKNOWN] })).toEqual([]);
  });

  test("zero and INHERIT are values where they have a meaning", () => {
    expect(
      dataset({ quota: 0, refquota: 0, compression: "INHERIT", copies: "INHERIT", quotaWarning: "INHERIT" }),
    ).toEqual([]);
  });
});
