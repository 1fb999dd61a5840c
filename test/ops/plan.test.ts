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
  test("shows a plan, draws it, and ends well where all that is unmet is waived", async () => {
    const file = join(folder(), "plan.svg");
    const { status, stdout, stderr } = await plan("--stack", "prod", "--svg", file);
    const drawn = readFileSync(file, "utf8");

    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(drawn).toContain('<title id="title">How the data of homelab is protected</title>');
    expect(drawn.match(/<g>/g)).toHaveLength(19);
  });

  test("writes the plan for machines, complete when it fails, and people read the other stream", async () => {
    const site = siteOf("dev");
    const letters = { class: "runtime", owner: "primary-nas", purpose: "Letters", quota: "2 GB" };
    Object.assign(site.appliances["nas"]?.pools["tank"]?.datasets ?? {}, { letters });
    const file = configFile(folder(), site);
    const { status, stdout, stderr } = await plan("--stack", "dev", "--config-file", file, "--json", "-");
    const report = JSON.parse(stdout) as PlanReport;
    const found = report.datasets.find(({ dataset }) => dataset === "tank/letters");

    expect([status, report.version, report.stack, report.ok]).toEqual([1, 1, "dev", false]);
    expect(found?.gaps.map(({ code, obligation, rules }) => [code, obligation, rules])).toEqual([
      ["snapshots-missing", true, ["runtime-data-has-snapshots"]],
      ["copy-missing", true, ["runtime-data-has-copy-on-another-pool"]],
    ]);
    expect([found?.rpoSeconds, found?.threeTwoOne]).toEqual([null, false]);
    expect(stderr.split("\n")).toContain("Obligations that are not met (2)");
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
