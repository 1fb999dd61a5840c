import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Problem, parseSite, SiteError } from "../../../src/site/index.ts";
import { invalidSites, smallSite } from "../../support/invalid-sites.ts";

function problemsOf(site: unknown): readonly Problem[] {
  try {
    parseSite(site);
    return [];
  } catch (error) {
    if (error instanceof SiteError) return error.problems;
    throw error;
  }
}

/** Every rule that the model's source names: those of values and those of the cross checks. */
function rulesInSource(): string[] {
  const rooms = ["../../../src/site/", "../../../src/site/checks/"].map((room) => new URL(room, import.meta.url));
  const rules = rooms.flatMap((room) =>
    readdirSync(room)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [...readFileSync(new URL(file, room), "utf8").matchAll(/\brule: "([\w-]+)"/g)])
      .map(([, rule]) => rule ?? ""),
  );
  return [...new Set(rules)].sort();
}

const fixtures = invalidSites().map((fixture) => ({ ...fixture, problems: problemsOf(fixture.site) }));

describe("a site that must be refused", () => {
  test.each(["small-site", "hypervisor-site"])("differs from %s, which is accepted", (base) => {
    expect(problemsOf(smallSite(base))).toEqual([]);
  });

  test.each(fixtures)("$file", ({ problems, expect: messages }) => {
    expect(problems.map(({ message }) => message)).toEqual(messages);
  });

  test("exists for every rule", () => {
    const seen = new Set(fixtures.flatMap(({ problems }) => problems.map(({ rule }) => rule)));

    expect(rulesInSource().filter((rule) => !seen.has(rule))).toEqual([]);
  });

  test("often has more than one reason", () => {
    expect(fixtures.filter(({ expect: messages }) => messages.length > 1).length).toBeGreaterThan(30);
  });
});
