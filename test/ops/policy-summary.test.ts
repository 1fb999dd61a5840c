import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { policySummary } from "../../ops/policy-summary.ts";

test("puts violations first, then advice, what is open, and what is waived until when", () => {
  const summary = policySummary({
    stack: "prod",
    errors: [
      { source: "policy", message: "pool-is-scrubbed: again" },
      { source: "site", message: "homelab:site.name: is missing" },
    ],
    policies: [
      { policy: "pool-keeps-headroom", level: "advisory", message: "pool is full | nearly" },
      { policy: "pool-is-scrubbed", level: "mandatory", message: "pool must be scrubbed" },
      { policy: "undecided", level: "advisory", message: "undecided: later", undecided: true },
      {
        policy: "waivers",
        level: "advisory",
        message: "waived until 2027-03-31: smart-alerts-are-sent: pool must be heard. Reason: soon",
        waivedUntil: "2027-03-31",
      },
    ],
  });

  expect(summary.split("\n")).toEqual([
    "## Policies of `prod`",
    "",
    "### Violations that stop this change",
    "",
    "| Policy | What is wrong, and what to do |",
    "|---|---|",
    "| pool-is-scrubbed | pool must be scrubbed |",
    "",
    "### Errors",
    "",
    "- homelab:site.name: is missing",
    "",
    "### Advice",
    "",
    "| Policy | What is wrong, and what to do |",
    "|---|---|",
    "| pool-keeps-headroom | pool is full \\| nearly |",
    "",
    "### Not decided before the update",
    "",
    "| Policy | What is wrong, and what to do |",
    "|---|---|",
    "| undecided | undecided: later |",
    "",
    "### Waived (1)",
    "",
    "| Until | Policy | What is waived, and why |",
    "|---|---|---|",
    "| 2027-03-31 | smart-alerts-are-sent | pool must be heard. Reason: soon |",
  ]);
});

test("says so when nothing stops the change", () => {
  expect(policySummary({ stack: "dev", errors: [], policies: [] })).toBe(
    "## Policies of `dev`\n\nNo violation stops this change.",
  );
});

test("asks for the report where none is named", () => {
  const script = fileURLToPath(new URL("../../ops/policy-summary.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });

  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: name the report of a preview, as --json writes it\n",
  });
});
