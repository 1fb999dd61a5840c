import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../lab/cli/report.ts";
import { configFile, folder, lab, processesOf, reportOf, run } from "../support/command-line.ts";
import { datasetIn, siteOf } from "../support/site-yaml.ts";

const ESCAPE = "\u001b[";
const canSeeProcesses = existsSync("/proc/self/environ");

test.each([
  { args: [], says: "Usage: lab" },
  { args: ["preview"], says: "required option '--stack <name>' not specified" },
  { args: ["prevue", "--stack", "dev"], says: "unknown command 'prevue'" },
  { args: ["preview", "--stack", "dev", "--jsn", "-"], says: "unknown option '--jsn'" },
  { args: ["preview", "--stack", "dev", "surplus"], says: "too many arguments" },
  { args: ["preview", "--stack", "dev", "--parallel", "0"], says: "a whole number from 1 is allowed" },
  { args: ["preview", "--stack", "dev", "--parallel", "many"], says: "a whole number from 1 is allowed" },
  { args: ["preview", "--stack", "pord"], says: 'error: there is no stack "pord"; the project has dev, prod\n' },
  {
    args: ["preview", "--stack", "dev", "--config-file", "/nowhere/site.yaml"],
    says: "error: there is no file /nowhere/site.yaml\n",
  },
])("wrong usage ends with 2: lab $args", async ({ args, says }) => {
  const outcome = await lab(args);

  expect(outcome.stderr).toContain(says);
  expect(outcome.stdout).toBe("");
  expect(outcome.status).toBe(2);
});

const OPTIONS = [
  "Options:",
  "  --stack <name>        the stack, as in Pulumi.<name>.yaml",
  "  --config-file <file>  read this file rather than Pulumi.<name>.yaml",
  "  --json <file>         write the report as JSON to a file, - for standard",
  "                        output",
  "  --journal <file>      append every middleware call as a JSON line",
  "  --lab <dir>           keep appliances and state in this folder between runs",
  "  --parallel <n>        operations at a time",
  "  -h, --help            display help for command",
];

test.each([
  {
    args: ["--help"],
    says: [
      "Usage: lab [options] [command]",
      "",
      "Previews and rehearses a stack without hardware",
      "",
      "Options:",
      "  -h, --help          display help for command",
      "",
      "Commands:",
      "  preview [options]   Show what a stack would become",
      "  rehearse [options]  Preview a stack, apply it to simulated appliances, and",
      "                      preview again",
      "  serve [options]     Switch on what a rehearsal has kept in --lab, until Ctrl-C",
      "  help [command]      display help for command",
    ],
  },
  {
    args: ["rehearse", "--help"],
    says: [
      "Usage: lab rehearse [options]",
      "",
      "Preview a stack, apply it to simulated appliances, and preview again",
      "",
      ...OPTIONS,
    ],
  },
])("help ends with 0: lab $args", async ({ args, says }) => {
  const { status, stdout } = await lab(args);

  expect(stdout.split("\n")).toEqual([...says, ""]);
  expect(status).toBe(0);
});

test("a stack file that is no YAML is refused, with the line", async () => {
  const file = join(folder(), "site.yaml");
  writeFileSync(file, "config:\n  homelab:site: [unclosed\n");

  const outcome = await lab(["preview", "--stack", "dev", "--config-file", file, "--json", "-"]);

  expect(reportOf(outcome).errors).toEqual([
    {
      source: "site",
      path: file,
      message: expect.stringMatching(/^\/.*site\.yaml is not YAML: .* at line 3, column 1$/),
      remedy: "mend the line, or undo the last change",
    },
  ]);
  expect(outcome.stderr).toContain("error /");
  expect(outcome.stderr).not.toContain("    at ");
  expect(outcome.status).toBe(1);
});

test("every problem of a site is said at once, to people and to machines, and nothing is planned", async () => {
  const site = siteOf("dev");
  datasetIn(site, "nas", "tank", "photos").quota = "100";
  datasetIn(site, "nas", "flash", "apps/config").quota = "500 MiB";
  const files = { config: configFile(folder(), site), report: join(folder(), "report.json") };

  const outcome = await lab(["preview", "--stack", "dev", "--config-file", files.config, "--json", files.report]);

  const report = JSON.parse(readFileSync(files.report, "utf8")) as Report;
  const paths = [
    "homelab:site.appliances.nas.pools.tank.datasets.photos.quota",
    'homelab:site.appliances.nas.pools.flash.datasets["apps/config"].quota',
  ];
  expect(outcome.status).toBe(1);
  expect(report.ok).toBe(false);
  expect(report.errors.map(({ source, path }) => [source, path]).sort()).toEqual(
    paths.map((path) => ["site", path]).sort(),
  );
  for (const { message, remedy } of report.errors) {
    expect(message).toMatch(/^homelab:site\..*; allowed: .*; remedy: .+$/);
    expect(message.endsWith(`; remedy: ${remedy}`)).toBe(true);
    expect(outcome.stdout).toContain(`error ${message}\n`);
  }
  expect(report.resources.filter(({ type }) => !type.startsWith("pulumi:"))).toEqual([]);
});

test("a site above 96 KiB is refused before the program starts", async () => {
  const site = siteOf("dev");
  const documents = datasetIn(site, "nas", "tank", "documents");
  Object.assign(documents, { padding: Array.from({ length: 1000 }, () => "x".repeat(100)) });
  const outcome = await lab(["preview", "--stack", "dev", "--config-file", configFile(folder(), site), "--json", "-"]);

  const remedy = "shorten purposes and comments, or split the site into two stacks";
  const report = reportOf(outcome);
  expect(outcome.status).toBe(1);
  expect(report.errors).toEqual([
    {
      source: "site",
      path: "homelab:site",
      message: expect.stringMatching(
        /^homelab:site: the configuration is 1\d\d KiB; allowed: 96 KiB, since it travels in one environment variable; remedy: /,
      ),
      remedy,
    },
  ]);
  expect(outcome.stderr).toContain(`remedy: ${remedy}`);
  expect(report.resources).toEqual([]);
});

test("a policy that says no ends with 1, its words in the report", async () => {
  const site = siteOf("dev");
  datasetIn(site, "nas", "tank", "media").quota = "250 GB";

  const outcome = await lab(["preview", "--stack", "dev", "--config-file", configFile(folder(), site), "--json", "-"]);

  const report = reportOf(outcome);
  const refusal = report.errors.find(({ source }) => source === "policy");
  expect(outcome.status).toBe(1);
  expect(report.ok).toBe(false);
  expect(refusal?.message).toContain('pool-is-not-over-committed: pool "nas/tank" promises its datasets');
  expect(refusal?.urn?.endsWith("::nas/tank")).toBe(true);
  expect(outcome.stderr).toContain("[mandatory] pool-is-not-over-committed: ");
});

test("a rehearsal in a log: plain lines, tables of at most 100 columns, no process left behind", async () => {
  const outcome = await run("npm", ["run", "-s", "start"]);

  expect(outcome.status).toBe(0);
  expect(outcome.stdout).not.toContain(ESCAPE);
  expect(outcome.stdout).not.toContain("\r");
  expect(outcome.stdout).toContain("\n1. Preview of dev\n");
  expect(outcome.stdout).toContain("\nno change left: ");
  for (const head of ["sizes in TB", "where  ", "appliance  "]) {
    const table = outcome.stdout.slice(outcome.stdout.indexOf(`\n${head}`) + 1).split("\n\n")[0] ?? "";
    expect(table.split("\n").length, head).toBeGreaterThan(1);
    expect(Math.max(...table.split("\n").map((line) => line.length)), head).toBeLessThanOrEqual(100);
  }
  if (canSeeProcesses) await expect.poll(() => processesOf(outcome)).toEqual([]);
});

test("colour comes where it is forced, and NO_COLOR takes it away", async () => {
  const site = configFile(folder(), { name: 1 });
  const command = ["preview", "--stack", "dev", "--config-file", site];

  expect((await lab(command, { FORCE_COLOR: "1", NO_COLOR: "" })).stdout).toContain(`${ESCAPE}31merror`);
  expect((await lab(command)).stdout).not.toContain(ESCAPE);
});
