import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { documentation } from "../../../ops/verify/documentation.ts";
import { METRICS } from "../../../ops/verify/render/metrics.ts";
import { CHECKS } from "../../../ops/verify/table.ts";

test("docs/verification.md says what the checks say; npm run verify:docs writes it", () => {
  expect(readFileSync(new URL("../../../docs/verification.md", import.meta.url), "utf8")).toBe(documentation());
});

test("checks and metrics have names and sentences of one form", () => {
  const names = CHECKS.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  for (const { name, doc } of CHECKS)
    expect([name, doc]).toEqual([expect.stringMatching(/^[a-z]+(-[a-z]+)+$/), expect.stringMatching(/^[A-Z].*[.]$/)]);
  for (const [name, doc] of Object.entries(METRICS))
    expect([name, doc]).toEqual([expect.stringMatching(/^[a-z]+(_[a-z]+)*$/), expect.stringMatching(/^[A-Z1].*[.]$/)]);
});
