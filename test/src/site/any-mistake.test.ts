import { expect, test } from "vitest";
import { parseSite, SiteError } from "../../../src/site/index.ts";
import { smallSite } from "../../support/invalid-sites.ts";

type Path = readonly string[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  const below = value !== null && typeof value === "object" ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, child]) => pathsIn(child, [...path, key]))];
}

function replaced(base: string, path: Path, value: unknown): unknown {
  const root: Record<string, unknown> = { site: smallSite(base) };
  const steps = ["site", ...path];
  const holder = steps.slice(0, -1).reduce((at, step) => at[step] as Record<string, unknown>, root);
  holder[steps.at(-1) ?? ""] = value;
  return root["site"];
}

/** What a person is told about a site: nothing when it is accepted. */
function toldOf(site: unknown): readonly string[] {
  try {
    parseSite(site);
    return [];
  } catch (error) {
    if (error instanceof SiteError) return error.problems.map(({ message }) => message);
    throw error;
  }
}

const SENTENCE = /^homelab:site\S*( \S+)*: .+; allowed: .+; remedy: .+$/;

const cases = ["small-site", "hypervisor-site"].flatMap((base) => [[base, null] as const, [base, 7] as const]);

test.each(cases)(
  "whichever value of %s becomes %j, a person is told in sentences",
  { timeout: 180_000 },
  (base, junk) => {
    const told = pathsIn(smallSite(base)).flatMap((path) => toldOf(replaced(base, path, junk)));

    expect(told.length).toBeGreaterThan(150);
    expect(told.filter((message) => !SENTENCE.test(message) || /undefined|\[object/.test(message))).toEqual([]);
  },
);
