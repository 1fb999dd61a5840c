import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { evaluate } from "../../policies/evaluate.ts";
import { recorded } from "../../policies/recorded.ts";
import { rules } from "../../policies/rules.ts";
import { officialEngineIsHere } from "../support/official-stack.ts";
import { computeSite, dataset, type Judgeable, nfs, site, TB, tankInOrder, truenas } from "./support/resources.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "homelab-recorded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const urn = (type: string, name: string) => `urn:pulumi:prod::homelab::${type}::${name}`;
const APPLIANCE = "homelab:storage:TrueNas";
const marked = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:a:b" };

/** Resources as a state file holds them: real ones with a provider, the others below the appliance's component. */
function stateOf(...stack: readonly Judgeable[]) {
  const resources = stack.map(({ type, name, props, on, protect }) => ({
    urn: urn(type, name),
    type,
    inputs: props,
    outputs: props,
    protect,
    ...(on ? { parent: urn(APPLIANCE, on) } : {}),
    ...(on && type.startsWith("truenas:") ? { provider: `${urn("pulumi:providers:truenas", on)}::id` } : {}),
  }));
  const appliance = { urn: urn(APPLIANCE, "nas"), type: APPLIANCE };
  return { version: 3, deployment: { manifest: {}, resources: [appliance, ...resources] } };
}

const said = (state: unknown, configuration = {}) =>
  evaluate(recorded(state), configuration).map(({ policy, level, message }) => [policy, level, message]);

describe("recorded state", () => {
  test("is in order where the program is", () => {
    expect(said(stateOf(site(), ...tankInOrder(), dataset("tank/a", "runtime")))).toEqual([]);
  });

  test("shows a class that somebody changed on the appliance", () => {
    const edited = stateOf(
      site({ classes: { "nas/tank/a": "authoritative" } }),
      ...tankInOrder(),
      dataset("tank/a", "runtime"),
    );

    expect(said(edited).map(([policy]) => policy)).toEqual(["class-is-the-one-declared"]);
  });

  test("shows a secret that is not marked, and none that is", () => {
    const credential = (secret: unknown) => stateOf(truenas("CloudCredential", "b2", { secretAccessKey: secret }));

    expect(said(credential(marked))).toEqual([]);
    expect(said(stateOf({ type: APPLIANCE, name: "other", props: { secrets: "stdin" } }))).toEqual([]);
    expect(said(credential("hunter2"))).toEqual([
      [
        "no-secret-in-plain-text",
        "mandatory",
        'cloud credential "nas/b2" holds secretAccessKey in plain text and must mark it as a secret (D0 Security, D3 Security Considerations); set it by `pulumi config set --secret` and pass it as a secret',
      ],
    ]);
  });

  test("is judged at the stricter levels, or at those of a preset", () => {
    const exported = stateOf(
      computeSite({ phase: "transition" }),
      ...tankInOrder(),
      dataset("tank/a", "runtime"),
      nfs("tank/a"),
    );
    const preset = { "preset-fits-phase": { phase: "transition" }, "nas-exports-no-filesystem": "advisory" };

    expect(said(exported).map(([policy, level]) => [policy, level])).toEqual([
      ["nas-exports-no-filesystem", "mandatory"],
    ]);
    expect(said(exported, preset).map(([policy, level]) => [policy, level])).toEqual([
      ["nas-exports-no-filesystem", "advisory"],
    ]);
  });

  test("refuses a preset of another phase", () => {
    expect(said(stateOf(site({ phase: "steady" })), { "preset-fits-phase": { phase: "transition" } })).toEqual([
      [
        "preset-fits-phase",
        "mandatory",
        'the preset "transition" is given, yet the site records the phase "steady"; the preset must fit it (D0, ADR-0001): use policies/presets/steady.json',
      ],
    ]);
  });

  test("refuses to be judged without a rule that always blocks", () => {
    const off = { "pool-is-scrubbed": "disabled", "pool-keeps-headroom": "disabled" };

    expect(said(stateOf(site()), off)).toEqual([
      [
        "blocking-rule-runs",
        "mandatory",
        "pool-is-scrubbed is disabled and must run (D4 §5, ADR-0014); waive what it finds, with a reason and a date",
      ],
    ]);
  });

  test("refuses a level that does not exist", () => {
    expect(() => evaluate([], { "pool-is-scrubbed": "loud" })).toThrow(
      'the level of pool-is-scrubbed is "loud"; allowed: advisory, mandatory, disabled; remedy: write one of these',
    );
  });
});

describe.skipIf(!officialEngineIsHere())("the official CLI's own analysis of recorded state", () => {
  const analyse = (content: unknown) => {
    const path = join(folder, "analysed.json");
    writeFileSync(path, JSON.stringify(content));
    const args = ["policy", "analyze", "--policy-pack", "policies", "--file", path];
    const { status, stdout } = spawnSync("pulumi", args, { cwd: root, encoding: "utf8" });
    return { fine: status === 0, names: rules.map(({ name }) => name).filter((name) => stdout.includes(name)) };
  };

  test("says the same", () => {
    const large = dataset("tank/a", "runtime", { quota: 2 * TB });

    expect(analyse(stateOf(site(), ...tankInOrder()))).toEqual({ fine: true, names: [] });
    expect(analyse(stateOf(site(), ...tankInOrder(), large))).toEqual({
      fine: false,
      names: ["pool-is-not-over-committed"],
    });
  });
});

describe("npm run policies", () => {
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["ops/policies.ts", ...args], { cwd: root, encoding: "utf8" });

  test("ends with 0 on a state in order", () => {
    const { status, stdout } = run("--state", file("fine.json", stateOf(site(), ...tankInOrder())));

    expect({ status, stdout }).toEqual({ status: 0, stdout: "the state is in order\n" });
  });

  test("ends with 1 on a mandatory violation, and writes it as JSON where asked", () => {
    const large = dataset("tank/a", "runtime", { quota: 2 * TB });
    const { status, stdout } = run(
      "--state",
      file("full.json", stateOf(site(), ...tankInOrder(), large)),
      "--json",
      "-",
    );

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      ok: false,
      policies: [{ policy: "pool-is-not-over-committed", level: "mandatory" }],
    });
  });

  test("says to people how many verdicts there are, and how many of them stop a change", () => {
    const large = dataset("tank/a", "runtime", { quota: 2 * TB });
    const { status, stdout } = run("--state", file("full.json", stateOf(site(), ...tankInOrder(), large)));

    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^\[mandatory\] pool-is-not-over-committed: pool "nas\/tank" promises its datasets /);
    expect(lines.slice(-2)).toEqual([`${lines.length - 2} verdicts, 1 of them mandatory`, ""]);
    expect(status).toBe(1);
  });

  test.each([
    { args: [], says: "error: required option '--state <file>' not specified\n" },
    { args: ["--state", "x", "--jsn", "-"], says: "error: unknown option '--jsn'\n(Did you mean --json?)\n" },
    {
      args: ["--state", "/nowhere/state.json"],
      says: "error: /nowhere/state.json cannot be read as JSON: ENOENT: no such file or directory, open '/nowhere/state.json'\n",
    },
  ])("ends with 2 on wrong usage: $args", ({ args, says }) => {
    const { status, stdout, stderr } = run(...args);

    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: says });
  });

  test("explains itself", () => {
    const { status, stdout } = run("--help");

    expect(stdout.split("\n")).toEqual([
      "Usage: policies [options]",
      "",
      "Judges recorded state by the policy pack",
      "",
      "Options:",
      "  --state <file>   a state file, as the lab or pulumi stack export writes it",
      "  --config <file>  configuration of the pack, such as",
      "                   policies/presets/transition.json",
      "  --json <file>    write the verdicts as JSON to a file, - for standard output",
      "  -h, --help       display help for command",
      "",
    ]);
    expect(status).toBe(0);
  });

  test("ends with 2 on what is no state", () => {
    const { status, stderr } = run("--state", file("none.json", {}));

    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "error: the file holds no recorded state; write one by: pulumi stack export --file FILE\n",
    });
  });
});
