import { describe, expect, test } from "vitest";
import { covers, formatPath, parsePath, resetPath, valueAt } from "../../../../lab/engine/properties/path.ts";
import { Secret } from "../../../../lab/engine/properties/value.ts";

describe("property paths", () => {
  test.each([
    ["disks[0].speed", ["disks", 0, "speed"]],
    ['tags["a.b"].c', ["tags", "a.b", "c"]],
    ["disks[*]", ["disks", "*"]],
    ["a.*.b", ["a", "*", "b"]],
    ['["a\\"b"]', ['a"b']],
  ])("%s is read key by key", (path, keys) => {
    expect(parsePath(path)).toEqual(keys);
  });

  test("what is no path is refused with the place where it stops being one", () => {
    expect(() => parsePath("disks[x]")).toThrow('"disks[x]" is not a property path: unexpected text at "[x]"');
  });

  test("keys that are no names are quoted", () => {
    expect(formatPath(["tags", "a.b", 0, "user:name"])).toBe('tags["a.b"][0]["user:name"]');
  });

  test("a path covers itself and everything inside, a star any element", () => {
    expect(covers(parsePath("disks"), parsePath("disks[3].speed"))).toBe(true);
    expect(covers(parsePath("disks[*].speed"), parsePath("disks[3].speed"))).toBe(true);
    expect(covers(parsePath("disks[*].speed"), parsePath("disks[3]"))).toBe(false);
  });

  test("a value inside a secret is secret", () => {
    expect(valueAt({ login: new Secret({ user: "root" }) }, parsePath("login.user"))).toEqual(new Secret("root"));
  });

  test.each([
    ["a", { a: 2, b: 2 }, { a: 1 }, { a: 1, b: 2 }],
    ["a", { b: 2 }, { a: 1 }, { a: 1, b: 2 }],
    ["a", { a: 2, b: 2 }, {}, { b: 2 }],
    ["list[0].x", { list: [{ x: 2, y: 2 }] }, { list: [{ x: 1 }] }, { list: [{ x: 1, y: 2 }] }],
    ["list[*].x", { list: [{ x: 2 }, { x: 3 }] }, { list: [{ x: 1 }, { x: 1 }] }, { list: [{ x: 1 }, { x: 1 }] }],
    ["list[1].x", { list: [{ x: 2 }, { x: 3 }] }, { list: [{ x: 1 }] }, undefined],
    ["*", { a: 2 }, { a: 1, b: 1 }, { a: 1, b: 1 }],
  ])("putting %s back in %j from %j gives %j", (path, inputs, old, expected) => {
    expect(resetPath(inputs, old, parsePath(path))).toEqual(expected);
  });
});
