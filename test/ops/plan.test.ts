import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PlanReport } from "../../ops/plan/report.ts";
import { configFile, folder, run } from "../support/command-line.ts";
import { datasetIn, siteOf } from "../support/site-yaml.ts";

function plan(...args: readonly string[]) {
  return run(process.execPath, ["ops/plan.ts", ...args]);
}

describe("npm run plan", () => {
  test("shows every stack within a hundred columns, and ends well where all that is unmet is waived", async () => {
    for (const stack of ["dev", "prod"]) {
      const { status, stdout, stderr } = await plan("--stack", stack);

      expect([stack, status, stderr]).toEqual([stack, 0, ""]);
      expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    }
  });

  test("writes the plan for machines, complete when it fails, and people read the other stream", async () => {
    const site = siteOf("dev");
    delete datasetIn(site, "nas", "tank", "photos").snapshots;
    const file = configFile(folder(), site);
    const { status, stdout, stderr } = await plan("--stack", "dev", "--config-file", file, "--json", "-");
    const report = JSON.parse(stdout) as PlanReport;
    const photos = report.datasets.find(({ dataset }) => dataset === "tank/photos");

    expect([status, report.version, report.stack, report.ok]).toEqual([1, 1, "dev", false]);
    expect(photos?.gaps.filter(({ obligation }) => obligation).map(({ code, rules }) => [code, rules])).toEqual([
      ["snapshots-missing", ["authoritative-data-has-snapshots"]],
    ]);
    expect(photos?.rpoSeconds).toBeGreaterThan(86_400);
    expect(stderr.split("\n")).toContain("Obligations that are not met (1)");
  });

  test("draws the plan", async () => {
    const file = join(folder(), "plan.svg");
    const { status } = await plan("--stack", "prod", "--svg", file);
    const drawn = readFileSync(file, "utf8");

    expect(status).toBe(0);
    expect(drawn).toContain('<title id="title">How the data of homelab is protected</title>');
    expect(drawn.match(/<g>/g)).toHaveLength(17);
  });

  test("says what is wrong with a site as every command does", async () => {
    const site = siteOf("dev");
    datasetIn(site, "nas", "tank", "photos").quota = "much";
    const { status, stderr } = await plan("--stack", "dev", "--config-file", configFile(folder(), site));

    expect([status, stderr.split("\n")[0]]).toEqual([1, "error: the site is refused: 1 problem"]);
  });

  test("ends with 2 where it was called wrongly", async () => {
    const { status, stderr } = await plan("--stack", "nowhere");

    expect([status, stderr]).toEqual([2, 'error: there is no stack "nowhere"; the project has dev, prod\n']);
  });
});
