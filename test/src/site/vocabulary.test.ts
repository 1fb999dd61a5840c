import { describe, expect, test } from "vitest";
import { coversResource, DATA_CLASSES, PROTECTION } from "../../../src/site/index.ts";

describe("a waiver's resource", () => {
  test.each([
    ["truenas-primary/fast", "truenas-primary/fast", true],
    ["truenas-primary/fast", "truenas-primary/fast/vms", false],
    ["truenas-primary/*", "truenas-primary/fast/vms", true],
    ["*/photos", "truenas-backup/backup/photos", true],
    ["nas.1", "nasx1", false],
  ])("%s covers %s: %j", (pattern, resource, expected) => {
    expect(coversResource(pattern, resource)).toBe(expected);
  });
});

test("every data class says what it asks for, and never less than a lesser one", () => {
  expect(DATA_CLASSES.map((dataClass) => [dataClass, PROTECTION[dataClass]])).toEqual([
    ["authoritative", { snapshots: true, copy: "other-host", offsite: true }],
    ["runtime", { snapshots: true, copy: "other-pool", offsite: false }],
    ["disposable", { snapshots: false, copy: "none", offsite: false }],
    ["transitional", { snapshots: false, copy: "none", offsite: false }],
    ["container", { snapshots: false, copy: "none", offsite: false }],
  ]);
});
