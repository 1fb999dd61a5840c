import { describe, expect, test } from "vitest";
import { problems } from "./problems.ts";

describe("the network", () => {
  test("has domains that DNS can carry", () => {
    expect(problems("NetworkConfig", { domain: "home_lab", domains: ["home.arpa", "a b"] })).toEqual([
      ["domain", 'domain "home_lab" is no domain; use letters, digits, dots and dashes'],
      ["domains[1]", 'domains[1] "a b" is no domain; use letters, digits, dots and dashes'],
    ]);
  });
});
