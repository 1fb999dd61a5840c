import { describe, expect, test } from "vitest";
import { errors, scratch, stackOf, stepOf } from "./support/stand-ins.ts";

const LIST = {
  bytes: { type: "bytes", inputs: { length: 6 } },
  id: { type: "id", inputs: { byteLength: 4, prefix: "x-" } },
  integer: { type: "integer", inputs: { min: 3, max: 3 } },
  password: { type: "password", inputs: { length: 20, minNumeric: 2, special: false } },
  pet: { type: "pet", inputs: { length: 3, prefix: "my", separator: "_" } },
  shuffle: { type: "shuffle", inputs: { inputs: ["a", "b", "c"], resultCount: 2, seed: "fixed" } },
  string: { type: "string", inputs: { length: 8, upper: false, lower: false, special: false } },
  uuid: { type: "uuid" },
  uuid7: { type: "uuid7" },
};

describe("the random stand-in", () => {
  test("every type has the outputs and ids of the real one, and keeps them", async () => {
    const dir = scratch();

    const up = await stackOf(dir, LIST).up({ skipPreview: true });

    expect(errors(up)).toEqual([]);
    const outputs = (name: string) => stepOf(up, name).outputs as Record<string, unknown>;
    expect(outputs("bytes")).toEqual({ length: 6, base64: "[secret]", hex: "[secret]" });
    expect(outputs("id")).toMatchObject({ hex: expect.stringMatching(/^x-[0-9a-f]{8}$/) });
    expect(outputs("integer")).toEqual({ min: 3, max: 3, result: 3 });
    expect(outputs("password")).toMatchObject({ length: 20, result: "[secret]", lower: true, minNumeric: 2 });
    expect(outputs("pet")).toEqual({ length: 3, prefix: "my", separator: "_" });
    expect(outputs("shuffle")["results"]).toHaveLength(2);
    expect(outputs("string")["result"]).toMatch(/^[0-9]{8}$/);
    expect(outputs("uuid")["result"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(outputs("uuid7")["result"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const ids = Object.fromEntries(
      ((await stackOf(dir, LIST).state()).resources ?? []).map(({ urn, id }) => [urn.split("::").at(-1), id]),
    );
    expect(ids).toMatchObject({ password: "none", shuffle: "-", integer: "3" });
    expect(ids["pet"]).toMatch(/^my_[a-z]+_[a-z]+_[a-z]+$/);

    const again = await stackOf(dir, LIST).up({ skipPreview: true });

    expect(new Set(again.steps.map(({ op }) => op))).toEqual(new Set(["same"]));
  });

  test("a changed keeper makes a new value, and a preview does not know it yet", async () => {
    const dir = scratch();
    const list = (keeper: string) => ({ p: { type: "string", inputs: { length: 16, keepers: { k: keeper } } } });
    const before = await stackOf(dir, list("one")).up({ skipPreview: true });

    const preview = await stackOf(dir, list("two")).preview();
    const after = await stackOf(dir, list("two")).up({ skipPreview: true });

    expect(stepOf(preview, "p")).toMatchObject({ op: "replace", diff: { keepers: { kind: "update-replace" } } });
    expect(stepOf(preview, "p").outputs).toMatchObject({ result: "[unknown]" });
    expect(stepOf(after, "p").outputs).not.toEqual(stepOf(before, "p").outputs);
  });

  test("wrong inputs are refused by name, all at once", async () => {
    const wrong = { p: { type: "string", inputs: { length: "long", colour: "red", upper: 3 } } };

    const preview = await stackOf(scratch(), wrong).preview();

    expect(errors(preview).sort()).toEqual([
      'random:index/randomString:RandomString is invalid: length: must be of type integer (value: "long")',
      "random:index/randomString:RandomString is invalid: upper: must be of type boolean (value: 3)",
    ]);
    const bounds = { p: { type: "integer", inputs: { min: 3, max: 2 } } };
    expect(errors(await stackOf(scratch(), bounds).preview())).toEqual([
      "random:index/randomInteger:RandomInteger is invalid: max: must not be less than min (value: 2)",
    ]);
    const empty = { p: { type: "string", inputs: { length: 0 } } };
    expect(errors(await stackOf(scratch(), empty).preview())).toEqual([
      "random:index/randomString:RandomString is invalid: length: must be at least 1 (value: 0)",
    ]);
    const short = { p: { type: "password", inputs: { length: 3, minLower: 2, minUpper: 2 } } };
    expect(errors(await stackOf(scratch(), short).preview())).toEqual([
      "random:index/randomPassword:RandomPassword is invalid: length: must be at least the sum of the minimums, which is 4 (value: 3)",
    ]);
  });
});
