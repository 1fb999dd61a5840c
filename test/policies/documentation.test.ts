import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { documentation, preset } from "../../policies/documentation.ts";
import { packPolicies } from "../../policies/policies.ts";
import { ROOMS, rules } from "../../policies/rules.ts";
import { sourcesOf } from "../../policies/serve-rule.ts";
import { PHASES } from "../../src/site/vocabulary.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

describe("docs/policies.md", () => {
  test("is what the rules say; npm run policies:docs writes it anew", () => {
    expect(read("docs/policies.md")).toBe(documentation());
  });

  test("documents every policy of the pack", () => {
    const documented = [...read("docs/policies.md").matchAll(/^### (.+)$/gm)].map(([, name]) => name);

    expect(documented).toEqual([...rules, ...packPolicies].map(({ name }) => name));
  });
});

test("decision records name files that are there", () => {
  const named = readdirSync(new URL("docs/adr/", root)).flatMap((record) =>
    [...read(`docs/adr/${record}`).matchAll(/`((?:test|ops|src|policies|components|truenas|lab)\/[\w./-]+)`/g)].map(
      ([, path = ""]) => [record, path] as const,
    ),
  );

  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(([, path]) => !existsSync(new URL(path, root)))).toEqual([]);
});

test.each(PHASES)("the preset %s is what the rules say", (phase) => {
  expect(read(`policies/presets/${phase}.json`)).toBe(preset(phase));
});

describe("rules", () => {
  test.each(rules)("$name lies in the file of its name", ({ name }) => {
    const [room] = Object.entries(ROOMS).find(([, members]) => members.some((rule) => rule.name === name)) ?? [];

    expect(read(`policies/${room}/${name}.ts`)).toContain(`"${name}"`);
  });

  test("have names of their own", () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test.each(rules)("$name names a decision that is on record", ({ source }) => {
    const records = readdirSync(new URL("docs/adr/", root)).map((file) => `ADR-${file.slice(0, 4)}`);

    expect(sourcesOf(source)).not.toEqual([]);
    expect(sourcesOf(source).filter((name) => name.startsWith("ADR") && !records.includes(name))).toEqual([]);
  });

  test.each(rules)("$name says what must be and what to do", ({ description, remedy }) => {
    expect(description).toMatch(/^[A-Z].*\b(must|may|should|told)\b.*\.$/);
    expect(remedy).toMatch(/^[a-z`].*[^.]$/);
  });
});
