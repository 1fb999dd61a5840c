import { expect, test } from "vitest";
import { evidencePath, parseEvidence } from "../../../src/site/index.ts";

const evidence = {
  version: 1,
  stack: "prod",
  test: "photos",
  appliance: "nas",
  dataset: "tank/photos",
  tier: "snapshot",
  performedAt: "2026-11-21T18:00:00.000Z",
  result: "passed",
  state: "tank/photos@daily-2026-11-21_00-30",
  takenAt: "2026-11-21T00:30:00Z",
  ageSeconds: 63_000,
  seconds: 4.2,
  bytes: 10,
  changed: 0,
  files: [{ path: "2024/summer.jpg", bytes: 10, sha256: "0".repeat(64) }],
};

test("evidence is read back as it was written, and lies in a folder for each stack", () => {
  expect(parseEvidence(JSON.stringify(evidence), "photos.json")).toEqual(evidence);
  expect(evidencePath("prod", "photos")).toBe("prod/photos.json");
});

test.each([
  ["{", "photos.json is no JSON; run the drill again, which writes it anew"],
  ["[]", /^photos\.json is no evidence of a restore test: /],
  [
    JSON.stringify({ ...evidence, performedAt: "yesterday" }),
    /no evidence of a restore test: performedAt: .*; run the/,
  ],
  [JSON.stringify({ ...evidence, files: [{ path: "a", bytes: 1, sha256: "x" }] }), /: files\.0\.sha256: /],
  [JSON.stringify({ ...evidence, signedBy: "me" }), /signedBy/],
])("a file that is no evidence says so: %s", (text, message) => {
  expect(() => parseEvidence(text, "photos.json")).toThrow(message);
});
