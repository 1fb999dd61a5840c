import { describe, expect, test } from "vitest";
import { parseSite, SiteError } from "../../../src/site/index.ts";
import { invalidSites, smallSite } from "../../support/invalid-sites.ts";

const fixtures = invalidSites();

function problemsOf(site: unknown) {
  try {
    parseSite(site);
    return [];
  } catch (error) {
    if (error instanceof SiteError) return error.problems;
    throw error;
  }
}

describe("a site that must be refused", () => {
  test("differs from one that is accepted", () => {
    expect(problemsOf(smallSite())).toEqual([]);
  });

  test.each(fixtures)("$file", ({ site, expect: messages }) => {
    expect(problemsOf(site).map(({ message }) => message)).toEqual(messages);
  });
});
