import { describe, expect, test } from "vitest";
import { nameOf, rowIdOf } from "../../../truenas/model/references.ts";

const reference = { namespace: "group", field: "group", noun: "group" } as const;
const rows = (...names: string[]) => names.map((group, at) => ({ id: at + 1, group }));
const rowId = (...names: string[]) => rowIdOf(reference, "media", () => rows(...names));

describe("an object that is stated by name", () => {
  test("is meant by the number of its row, which a preview does not know", () => {
    expect(rowId("apps", "media")).toBe(2);
    expect(rowIdOf(reference, "media", () => undefined)).toBe("<row of group media>");
  });

  test("must be on the appliance", () => {
    expect(() => rowId("apps", "people")).toThrow(
      'group "media" is not on this appliance (it has: apps, people); create it first, or use one of these',
    );
    expect(() => rowId()).toThrow(
      'group "media" is not on this appliance (it has: none); create it first, or use one of these',
    );
  });

  test("must be there once", () => {
    expect(() => rowId("media", "media")).toThrow(
      '2 objects of group are called "media"; remove all but one in TrueNAS, and run again',
    );
  });
});

test("a row that is gone is called by its number", () => {
  expect(nameOf(reference, 2, () => rows("apps", "media"))).toBe("media");
  expect(nameOf(reference, 7, () => rows("apps"))).toBe("group of row 7");
});
