import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSecretReply, secretCommandLine, secretInput } from "../../../truenas/midclt/secret-call.ts";

const LIBRARY = fileURLToPath(new URL("../support/python", import.meta.url));
const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.log("\npython3 is not on PATH: the program that carries secrets is not run by a real Python here");

/** The very command that an appliance's shell is given, with the library's stand-in, from some working directory. */
async function run(input: string, cwd: string = tmpdir()): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn("sh", ["-c", secretCommandLine(false)], { cwd, env: { ...process.env, PYTHONPATH: LIBRARY } });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));

  return { code, out, err };
}

describe.runIf(python)("the program that carries secrets, under a real Python", () => {
  test.each([
    ["test.echo", ["a", { b: [1, null, true] }], { value: { params: ["a", { b: [1, null, true] }], job: false } }],
    ["test.echo", ["'; rm -rf / #\" \u00fc\n"], { value: { params: ["'; rm -rf / #\" \u00fc\n"], job: false } }],
    ["test.text", [], { value: "f\u00fcr" }],
    ["test.flag", [], { value: true }],
    ["test.date", [], { value: { at: { $date: 1767323045000 }, set: ["a", "b"] } }],
    [
      "test.invalid",
      [],
      { failure: { kind: "validation", errno: "EINVAL", detail: "data.name: Field required; gone; x: y" } },
    ],
    ["test.refused", [], { failure: { kind: "busy", errno: "EBUSY", detail: "pool or dataset is busy" } }],
    ["test.stranger", [], { failure: { kind: "auth", errno: "ENOTAUTHENTICATED", detail: "Not authenticated" } }],
    ["test.unknown", [], { failure: { kind: "unsupported", detail: "Method does not exist" } }],
    ["test.timeout", [], { failure: { kind: "timeout", errno: "ETIMEDOUT", detail: "Call timeout", uncertain: true } }],
    [
      "test.down",
      [],
      { failure: { kind: "restarting", detail: "Failed to run middleware call. Daemon not running?" } },
    ],
    ["test.bug", [], { failure: { kind: "failed", detail: "KeyError: 'oops'" } }],
  ])("%s %j", async (method, params, reply) => {
    const { code, out, err } = await run(secretInput({ method, params }));

    expect({ code, err, reply: readSecretReply(out) }).toEqual({ code: 0, err: "", reply });
  });

  test("puts what another call made where this one needs it", async () => {
    const first = { method: "test.echo", params: ["made"], take: "params", into: [1, "key"] };
    const { out } = await run(secretInput({ method: "test.echo", params: ["a", { key: "?", b: 1 }], first }));

    expect(readSecretReply(out)).toEqual({ value: { params: ["a", { key: ["made"], b: 1 }], job: false } });
  });

  test("waits for the end of a job", async () => {
    const { out } = await run(secretInput({ method: "test.echo", params: [] }).replace("false", "true"));

    expect(readSecretReply(out)).toEqual({ value: { params: [], job: true } });
  });

  test("takes no module from the directory that it runs in", async () => {
    const directory = mkdtempSync(join(tmpdir(), "planted-"));
    for (const name of ["json", "errno", "truenas_api_client"])
      writeFileSync(join(directory, `${name}.py`), "raise SystemExit('planted')");

    const { out, err } = await run(secretInput({ method: "test.flag", params: [] }), directory);

    expect({ err, reply: readSecretReply(out) }).toEqual({ err: "", reply: { value: true } });
    rmSync(directory, { recursive: true });
  });
});
