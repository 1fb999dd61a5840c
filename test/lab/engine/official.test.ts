import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ENGINES, WITHOUT_OFFICIAL_ENGINE } from "../../support/engines.ts";
import { FIXTURES, messages, steps, Workbench } from "./support/workbench.ts";

const present = ENGINES.includes("official");

const LIST = [
  { name: "east", is: "provider" as const, inputs: { label: "east", key: "k" }, secrets: ["key"] },
  { name: "site", is: "group" as const },
  {
    name: "a",
    parent: "site",
    inputs: { password: "hunter2", withToken: true, deep: { list: [1, { two: 2 }] } },
    secrets: ["password"],
    options: { protect: true },
  },
  {
    name: "b",
    provider: "east",
    inputs: { uses: "$a.address", token: "$a.token" },
    options: { ignoreChanges: ["size"], customTimeouts: { create: "90s" } },
  },
];

/** The official command line on the same program, world and passphrase; project and backend are the test's own. */
function official(bench: Workbench) {
  const [cwd, backend] = [join(bench.dir, "project"), join(bench.dir, "backend")];
  for (const dir of [cwd, backend]) mkdirSync(dir, { recursive: true });
  const project = {
    name: "things",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: join(FIXTURES, "things", "index.ts"),
    plugins: { providers: [{ name: "probe", path: join(FIXTURES, "provider") }] },
  };
  writeFileSync(join(cwd, "Pulumi.yaml"), JSON.stringify(project));
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_HOME: join(bench.dir, "home"),
    PULUMI_CONFIG_PASSPHRASE: "a test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PROBE_WORLD: join(bench.dir, "world"),
  };
  const pulumi = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync("pulumi", args, { cwd, env, encoding: "utf8" });
    return { status, text: `${stdout}${stderr}` };
  };
  pulumi("stack", "init", "test");
  pulumi("config", "set", "list", JSON.stringify(LIST));
  return pulumi;
}

describe.skipIf(!present)(`beside the official engine${present ? "" : ` (${WITHOUT_OFFICIAL_ENGINE})`}`, () => {
  test("the state of the lab's engine is taken over by the official one, which finds nothing to do", async () => {
    const bench = new Workbench();
    await bench.stack(LIST).up({ skipPreview: true });
    const pulumi = official(bench);

    expect(pulumi("stack", "import", "--file", bench.stateFile).text).toContain("Import complete.");

    const preview = pulumi("preview", "--expect-no-changes");
    expect(preview.text).toContain("5 unchanged");
    expect(preview.status).toBe(0);
  });

  test("the state of the official engine is taken over by the lab's, which finds nothing to do", async () => {
    const bench = new Workbench();
    const pulumi = official(bench);
    expect(pulumi("up", "--yes", "--skip-preview").status).toBe(0);
    mkdirSync(dirname(bench.stateFile), { recursive: true });
    pulumi("stack", "export", "--file", bench.stateFile);

    const preview = await bench.stack(LIST).preview();

    expect(messages(preview)).toEqual([]);
    expect(steps(preview)).toEqual(["same site", "same a", "same b"]);
  });
});
