import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FIXTURES, messages, steps, Workbench } from "./support/workbench.ts";

describe("providers", () => {
  test("each provider resource is one process with one Configure, and none is left at the end", async () => {
    const bench = new Workbench();
    const list = [
      { name: "east", is: "provider" as const, inputs: { label: "east", key: "k" }, secrets: ["key"] },
      { name: "a", provider: "east" },
      { name: "b", provider: "east" },
      { name: "c" },
    ];

    await bench.stack(list).up({ skipPreview: true });

    const calls = bench.world.calls();
    const configured = calls.filter(({ call }) => call === "configure");
    expect(configured.map(({ name }) => name).sort()).toEqual(["default", "east"]);
    const started = calls.filter(({ call }) => call === "started").map(({ pid }) => Number(pid));
    expect(started).toHaveLength(2);
    for (const pid of started) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test("a provider that knows no Handshake is asked in Configure instead", async () => {
    const bench = new Workbench();
    const list = [{ name: "a", inputs: { key: "k" }, secrets: ["key"] }];

    const up = await bench.stack(list, { env: { PROBE_HANDSHAKE: "off" } }).up();

    expect(messages(up)).toEqual([]);
    const created = bench.world.calls().find(({ call, preview }) => call === "create" && preview !== true);
    expect(created?.["inputs"]).toMatchObject({ key: { value: "k" } });
  });

  test("configuration that is not known yet skips the provider's calls in a preview and says so for what exists", async () => {
    const bench = new Workbench();
    const list = (label: string) => [
      { name: "source", inputs: { kind: label } },
      { name: "east", is: "provider" as const, inputs: { label: label === "one" ? "known" : "$source.address" } },
      { name: "a", provider: "east" },
    ];
    await bench.stack(list("one")).up({ skipPreview: true });
    bench.world.forgetCalls();

    const preview = await bench.stack(list("two")).preview();

    expect(preview.ok).toBe(true);
    expect(steps(preview)).toEqual(["replace source", "update a"]);
    expect(messages(preview, "warning")).toEqual([
      "the provider of this resource has inputs that are not known during preview; what the update does may differ from what is shown here",
    ]);

    const up = await bench.stack(list("two")).up({ skipPreview: true });
    expect(steps(up)).toEqual(["replace source", "same a"]);
  });

  test("a provider that moves its resources elsewhere replaces them", async () => {
    const bench = new Workbench();
    const list = (place: string) => [
      { name: "east", is: "provider" as const, inputs: { place } },
      { name: "a", provider: "east" },
    ];
    await bench.stack(list("here")).up({ skipPreview: true });
    bench.changes();

    const up = await bench.stack(list("there")).up();

    expect(messages(up)).toEqual([]);
    expect(steps(up)).toEqual(["replace a"]);
    expect(bench.changes()).toEqual(["create a", "delete a-1"]);
  });

  test("a provider that cannot be configured fails its resources with its own words", async () => {
    const bench = new Workbench();
    const list = [
      { name: "east", is: "provider" as const, inputs: { failConfigure: "no such region" } },
      { name: "a", provider: "east" },
    ];

    const preview = await bench.stack(list).preview();

    expect(messages(preview)).toEqual(["no such region"]);
  });

  test("a package without a plugin, or with one that is missing or does not start, is named", async () => {
    const bench = new Workbench();
    await mkdir(join(bench.dir, "project", "bin"), { recursive: true });
    await symlink(join(FIXTURES, "..", "..", "..", "..", "node_modules"), join(bench.dir, "project", "node_modules"));
    const program = (plugins: string) =>
      `name: things\nruntime: { name: nodejs, options: { typescript: false } }\nmain: ${join(FIXTURES, "things", "index.ts")}\n${plugins}`;
    const attempt = async (plugins: string) => {
      await writeFile(join(bench.dir, "project", "Pulumi.yaml"), program(plugins));
      const projectDir = join(bench.dir, "project");
      return messages(await bench.stack([{ name: "a" }], { projectDir }).preview());
    };

    expect(await attempt("")).toEqual([
      'package "probe" has no plugin here: Pulumi.yaml names no path for it under plugins.providers, and the lab has no stand-in; add a path, or use a package the lab stands in for',
    ]);
    const bin = join(bench.dir, "project", "bin", "pulumi-resource-probe");
    const named = "plugins: { providers: [{ name: probe, path: ./bin }] }";
    expect(await attempt(named)).toEqual([
      `package "probe": ${bin} is missing or not executable; plugins.providers in Pulumi.yaml must name the directory that holds it`,
    ]);
    await writeFile(bin, "#!/bin/sh\necho the disk is on fire >&2\nexit 3\n", { mode: 0o755 });
    expect(await attempt(named)).toEqual([
      `provider probe did not start: it ended with exit code 3\nthe disk is on fire (command: ${bin})`,
    ]);
  });
});
