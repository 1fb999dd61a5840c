import { describe, expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { connect, sharedShell } from "./support/ssh.ts";

const USAGE =
  "usage: midclt [-h] [-u URI] [-U USERNAME] [-P PASSWORD] [-K API_KEY] [-t TIMEOUT] {call,ping,subscribe} ...\n";

const shared = sharedShell();

describe("the shell", () => {
  test.each([
    ["midclt call core.ping", "pong\n"],
    ["/usr/bin/midclt call core.ping", "pong\n"],
    ["sudo -n midclt call core.ping", "pong\n"],
    ["CALL_TIMEOUT=5 midclt call core.ping", "pong\n"],
    ["midclt 'call' \"core.ping\"", "pong\n"],
  ])("runs %s", async (command, stdout) => {
    const shell = shared();

    expect(await shell.run(command)).toEqual({ stdout, stderr: "", exit: 0 });
  });

  test.each([
    ["midclt call core.ping; rm -rf /", 2],
    ["midclt call core.ping && true", 2],
    ["midclt call core.ping > /tmp/x", 2],
    ["ls *", 2],
  ])("refuses %s", async (command, exit) => {
    const shell = shared();

    const result = await shell.run(command);

    expect(result).toEqual({
      stdout: "",
      stderr: `the simulated appliance runs one simple command per exec request, without operators: ${command}\n`,
      exit,
    });
  });

  test("has no other program, and sudo for none either", async () => {
    const shell = shared();

    expect(await shell.run("zfs list")).toEqual({ stdout: "", stderr: "zsh:1: command not found: zfs\n", exit: 127 });
    const limited = await connect(await anAppliance({ users: ["pulumi"] }), { username: "pulumi" });
    expect(await limited.run("sudo -n zfs list")).toEqual({
      stdout: "",
      stderr: "sudo: a password is required\n",
      exit: 1,
    });
  });

  test("refuses an argument that the kernel would not pass on", async () => {
    const shell = shared();

    const result = await shell.run(`midclt call core.ping ${"x".repeat(128 * 1024)}`);

    expect(result).toEqual({ stdout: "", stderr: "zsh:1: argument list too long: midclt\n", exit: 126 });
  });
});

describe("midclt of 25.10", () => {
  test.each([
    ["midclt -t 5 call core.ping", 0, "pong\n", ""],
    ["midclt call -q core.ping", 0, "pong\n", ""],
    ["midclt ping", 0, "pong\n", ""],
    ["midclt", 0, USAGE, ""],
    ["midclt call", 2, "", `${USAGE}midclt: error: the following arguments are required: method\n`],
    ["midclt call -t 5 core.ping", 2, "", `${USAGE}midclt: error: unrecognized arguments: -t\n`],
    ["midclt -q call core.ping", 2, "", `${USAGE}midclt: error: unrecognized arguments: -q\n`],
    ["midclt -t x call core.ping", 2, "", `${USAGE}midclt: error: argument -t/--timeout: invalid int value: 'x'\n`],
    [
      "midclt waitready",
      2,
      "",
      `${USAGE}midclt: error: argument name: invalid choice: 'waitready' (choose from 'call', 'ping', 'subscribe')\n`,
    ],
    ["midclt call pool.dataset.get_instance -x", 2, "", `${USAGE}midclt: error: unrecognized arguments: -x\n`],
    [
      "midclt call core.bulk -j core.ping '[[]]'",
      2,
      "",
      `${USAGE}midclt: error: unrecognized arguments: core.ping [[]]\n`,
    ],
    [
      "midclt call -jp dots core.ping",
      2,
      "",
      `${USAGE}midclt: error: argument -jp/--job-print: invalid choice: 'dots' (choose from 'progressbar', 'description')\n`,
    ],
  ])("reads %s", async (command, exit, stdout, stderr) => {
    const shell = shared();

    expect(await shell.run(command)).toEqual({ stdout, stderr, exit });
  });

  test("takes an argument that begins with a dash only after two dashes", async () => {
    const shell = shared();

    const result = await shell.run("midclt call pool.dataset.get_instance -- -x");

    expect(result).toEqual({ stdout: "", stderr: "[ENOENT] ALL: PoolDataset -x does not exist\n", exit: 1 });
  });
});

describe("midclt of 25.04", () => {
  test("takes -q before call, knows waitready, and pings in silence", async () => {
    const shell = await connect(await anAppliance({ version: "25.04.2" }));

    expect(await shell.run("midclt -q call no.such_method")).toEqual({ stdout: "", stderr: "", exit: 1 });
    expect(await shell.run("midclt waitready")).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(await shell.run("midclt ping")).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect((await shell.run("midclt call -q core.ping")).exit).toBe(2);
  });
});
