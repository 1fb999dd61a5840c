import { describe, expect, test } from "vitest";
import { canCoincide, readNamingSchema } from "../../../src/site/naming-schemas.ts";

describe("a naming schema", () => {
  test.each([["auto-%Y-%m-%d_%H-%M"], ["%s"], ["daily.%Y%m%d:%H%M%S"], ["snap %Y-%m-%d_%H-%M_%z"]])(
    "%s is accepted",
    (schema) => {
      expect(readNamingSchema(schema)).toEqual({ value: schema });
    },
  );

  test.each([
    ["daily-%Y-%m-%d", '"daily-%Y-%m-%d" lacks %H, %M'],
    ["%s-%Y", '"%s-%Y" mixes %s with others'],
    ["a@%Y-%m-%d_%H-%M", '"a@%Y-%m-%d_%H-%M" contains "@"'],
    ["100%%-%Y-%m-%d_%H-%M", '"100%%-%Y-%m-%d_%H-%M" contains %%'],
    ["%b-%Y-%m-%d_%H-%M", '"%b-%Y-%m-%d_%H-%M" contains %b'],
    ["x--%Y-%m-%d_%H-%M%z", '"x--%Y-%m-%d_%H-%M%z" has both %z and --'],
  ])("%s is refused", (schema, says) => {
    expect(readNamingSchema(schema)).toEqual({ refused: { says } });
  });
});

describe("two naming schemas", () => {
  test.each([
    ["auto-%Y-%m-%d_%H-%M", "auto-%Y-%m-%d_%H-%M"],
    ["%Y%m%d-%H%M", "%Y%d%m-%H%M"],
    ["%s", "%Y%m%d%H"],
    ["2%Y-%m-%d_%H-%M", "%Y2-%m-%d_%H-%M"],
  ])("%s and %s can give one name", (one, other) => {
    expect(canCoincide(one, other)).toBe(true);
  });

  test.each([
    ["hourly-%Y-%m-%d_%H-%M", "daily-%Y-%m-%d_%H-%M"],
    ["a-%Y-%m-%d_%H-%M", "b-%Y-%m-%d_%H-%M"],
    ["%Y-%m-%d_%H-%M", "%Y.%m.%d_%H-%M"],
    ["%H%Y%m%d%M", "9%Y%m%d%M9"],
  ])("%s and %s cannot", (one, other) => {
    expect(canCoincide(one, other)).toBe(false);
  });
});
