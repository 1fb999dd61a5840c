import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FIXTURES, messages, nameOf, steps, Workbench } from "./support/workbench.ts";

const MODULES = join(import.meta.dirname, "../../../node_modules");

/** A project of its own whose `Pulumi.yaml` says that. */
function project(bench: Workbench, text: string): { readonly projectDir: string; readonly file: string } {
  const projectDir = join(bench.dir, "project");
  mkdirSync(join(projectDir, "bin"), { recursive: true });
  symlinkSync(MODULES, join(projectDir, "node_modules"));
  writeFileSync(join(projectDir, "Pulumi.yaml"), text);
  return { projectDir, file: join(projectDir, "Pulumi.yaml") };
}

const attempt = async (bench: Workbench, options: Parameters<Workbench["stack"]>[1]) =>
  messages(await bench.stack([{ name: "a" }], options).preview());

describe("a project is refused", () => {
  test("without a name", async () => {
    const bench = new Workbench();
    const { projectDir, file } = project(bench, "runtime: nodejs\n");

    expect(await attempt(bench, { projectDir })).toEqual([`${file} has no "name"`]);
  });

  test("in another language", async () => {
    const bench = new Workbench();
    const { projectDir, file } = project(bench, "name: things\nruntime: python\n");

    expect(await attempt(bench, { projectDir })).toEqual([
      `${file}: runtime is "python"; this engine runs nodejs programs only`,
    ]);
  });

  test("with a plugin that does not begin with its port", async () => {
    const bench = new Workbench();
    const main = join(FIXTURES, "things", "index.ts");
    const plugins = "plugins: { providers: [{ name: probe, path: ./bin }] }";
    const text = `name: things\nruntime: { name: nodejs, options: { typescript: false } }\nmain: ${main}\n${plugins}`;
    const { projectDir } = project(bench, text);
    writeFileSync(join(projectDir, "bin/pulumi-resource-probe"), "#!/bin/sh\necho hello\nsleep 60\n", { mode: 0o755 });

    expect(await attempt(bench, { projectDir })).toEqual([
      'provider probe: the first line of its output must be its port, but was "hello"',
    ]);
  });
});

describe("a policy pack is refused", () => {
  test("without its packages", async () => {
    const bench = new Workbench();
    const dir = join(bench.dir, "pack");
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "PulumiPolicy.yaml"), "runtime: nodejs\n");

    expect(await attempt(bench, { policyPacks: [{ dir }] })).toEqual([
      `policy pack ${dir}: @pulumi/pulumi is not installed there; run npm ci`,
    ]);
  });

  test("with a setting that is neither a level nor a map", async () => {
    const bench = new Workbench();
    const dir = join(FIXTURES, "policies");

    expect(await attempt(bench, { policyPacks: [{ dir, config: { "thing-is-small": 7 } }] })).toEqual([
      `policy pack ${dir}: policy configuration "thing-is-small" is 7; it must be a level (advisory, mandatory, disabled, remediate) or an object`,
    ]);
  });
});

describe("a resource is refused", () => {
  test("with a time limit that is none", async () => {
    const bench = new Workbench();
    const list = [{ name: "a", options: { customTimeouts: { create: "soon" } } }];

    expect(messages(await bench.stack(list).preview()).join("\n")).toContain(
      'custom timeout "soon" is not a duration; write for example "90s", "5m" or "1h30m"',
    );
  });

  test("when two claim what is recorded of another", async () => {
    const bench = new Workbench();
    await bench.stack([{ name: "old" }]).up({ skipPreview: true });
    const options = { aliases: [{ name: "old" }] };
    const urn = (name: string) => `urn:pulumi:test::things::probe:index:Thing::${name}`;

    const preview = await bench
      .stack([
        { name: "a", options },
        { name: "b", options, dependsOn: ["a"] },
      ])
      .preview();

    expect(messages(preview)).toEqual([
      `the recorded resource ${urn("old")} is claimed by both ${urn("a")} and ${urn("b")}; remove one of the aliases`,
    ]);
  });
});

test("an update that was interrupted is told of in the next run", async () => {
  const bench = new Workbench();
  const stack = bench.stack([{ name: "a" }]);
  await stack.up({ skipPreview: true });
  const state = JSON.parse(readFileSync(bench.stateFile, "utf8"));
  const resource = state.deployment.resources.find(({ urn }: { urn: string }) => nameOf(urn) === "a");
  state.deployment.pending_operations = [{ type: "updating", resource }];
  writeFileSync(bench.stateFile, JSON.stringify(state));

  const run = await stack.up({ skipPreview: true });

  expect(messages(run, "warning")).toEqual([
    "the last operation was interrupted while updating this resource (id a-1); run refresh to see what came of it (urn:pulumi:test::things::probe:index:Thing::a)",
  ]);
  expect(steps(run)).toEqual(["same a"]);
});
