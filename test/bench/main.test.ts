import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

function bench(...words: readonly string[]) {
  const env = { ...process.env, PATH: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the bench command", () => {
  test("prints one JSON document on standard output, and tables no wider than a hundred columns beside it", () => {
    const run = bench("datasets", ..."--sizes 2 --parallel unbounded --delay 0 --json -".split(" "));

    expect(run.status).toBe(0);
    const report = JSON.parse(run.stdout) as { ok: boolean; suites: { name: string; rows: object[] }[] };
    expect({ ok: report.ok, suites: report.suites.map(({ name, rows }) => [name, rows.length]) }).toEqual({
      ok: true,
      suites: [["datasets", 8]],
    });
    expect(report.suites[0]?.rows[4]).toEqual({
      datasets: 2,
      delayMs: 0,
      engine: "lab",
      parallel: "unbounded",
      operation: "create",
      sshConnections: 1,
      midcltProcesses: 3,
      middlewareCalls: 4,
      seconds: expect.any(Number),
      naiveIs: { processes: 2 / 3, seconds: expect.any(Number) },
    });
    const lines = run.stderr.split("\n");
    expect(lines).toContain("2 datasets, 0 ms to start a process");
    expect(lines).toContain("Every bound holds.");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  test("names its options and suites", () => {
    const { status, stdout } = bench("--help");

    expect(status).toBe(0);
    expect(stdout.match(/--[a-z]+/g)).toEqual(
      expect.arrayContaining(["--sizes", "--delay", "--parallel", "--engine", "--json", "--help"]),
    );
    expect(stdout).toContain("datasets         sibling datasets: connections");
  });

  test.each([
    [["--parallel", "8,0"], `option '--parallel <list>' argument '8,0' is invalid. "0" is not a whole number from 1.`],
    [["--engine", "own"], `option '--engine <list>' argument 'own' is invalid. "own" is not one of lab, official.`],
    [["--engine", "official"], "--engine official needs pulumi on PATH; install it, or leave the option out"],
    [
      ["speed"],
      "command-argument value 'speed' is invalid for argument 'suites'. Allowed choices are datasets, policies.",
    ],
  ])("refuses %j", (words, message) => {
    expect(bench(...words)).toEqual({ status: 2, stdout: "", stderr: `error: ${message}\n` });
  });
});
