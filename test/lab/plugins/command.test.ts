import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Exec, generateKeyPair, publicHalf, SshServer } from "../../../lab/truenas/ssh-server.ts";
import { errors, scratch, stackOf, stepOf } from "./support/stand-ins.ts";

const LOCAL = { type: "local" };

describe("the local command", () => {
  test("runs with stdin and environment, and its output is trimmed of one line end", async () => {
    const dir = scratch();
    const inputs = { create: "cat; echo $WHO; pwd; echo oops >&2", stdin: "hello\n", environment: { WHO: "me" }, dir };

    const up = await stackOf(dir, { c: { ...LOCAL, inputs } }).up({ skipPreview: true });

    expect(errors(up)).toEqual([]);
    expect(stepOf(up, "c").outputs).toMatchObject({ stdout: `hello\nme\n${dir}`, stderr: "oops" });
    expect(up.diagnostics.filter(({ source }) => source === "provider").map(({ message }) => message)).toContain("me");
  });

  test("create, update and delete each run once, with the output of the step before in reach", async () => {
    const dir = scratch();
    const log = join(dir, "log");
    const list = (word: string) => ({
      c: {
        ...LOCAL,
        inputs: {
          create: `echo create ${word} | tee -a ${log}`,
          update: `echo "update after $PULUMI_COMMAND_STDOUT" | tee -a ${log}`,
          delete: `echo "delete after $PULUMI_COMMAND_STDOUT" >> ${log}`,
        },
      },
    });
    await stackOf(dir, list("one")).up();
    await stackOf(dir, list("one")).up();
    const updated = await stackOf(dir, list("two")).up();
    await stackOf(dir, {}).up();

    expect(stepOf(updated, "c")).toMatchObject({ op: "update", diff: { create: { kind: "update" } } });
    expect(readFileSync(log, "utf8")).toBe(
      "create one\nupdate after create one\ndelete after update after create one\n",
    );
  });

  test("a changed trigger replaces, whatever else there is", async () => {
    const dir = scratch();
    const list = (trigger: number) => ({ c: { ...LOCAL, inputs: { create: "echo x", triggers: [trigger] } } });
    await stackOf(dir, list(1)).up({ skipPreview: true });

    const preview = await stackOf(dir, list(2)).preview();

    expect(stepOf(preview, "c")).toMatchObject({ op: "replace", diff: { triggers: { kind: "update-replace" } } });
  });

  test("a failure says what ran, how it ended and what it printed, but never a secret", async () => {
    const inputs = { create: "echo $KEY; exit 3", environment: { KEY: "open sesame" } };

    const failed = await stackOf(scratch(), { c: { ...LOCAL, inputs, secrets: ["environment"] } }).up({
      skipPreview: true,
    });

    expect(errors(failed)).toEqual(['exit status 3: running "echo $KEY; exit 3":\n[secret]\n']);
    expect(JSON.stringify(failed)).not.toContain("open sesame");
  });

  test("what comes of a secret is secret, another interpreter is used when named, assets are refused", async () => {
    const dir = scratch();
    const up = await stackOf(dir, {
      hidden: { ...LOCAL, inputs: { create: "cat", stdin: "x" }, secrets: ["stdin"] },
      js: { ...LOCAL, inputs: { create: "console.log(6 * 7)", interpreter: [process.execPath, "-e"] } },
    }).up({ skipPreview: true });

    expect(stepOf(up, "hidden").outputs).toMatchObject({ stdout: "[secret]", stderr: "[secret]" });
    expect(stepOf(up, "js").outputs).toMatchObject({ stdout: "42" });
    const assets = { c: { ...LOCAL, inputs: { create: "true", assetPaths: ["*"] } } };
    expect(errors(await stackOf(dir, assets).preview())).toEqual([
      'command:local:Command is invalid: assetPaths: is not supported by the lab\'s stand-in for this plugin (value: ["*"])',
    ]);
  });

  test("run runs on every preview", async () => {
    const preview = await stackOf(scratch(), {}, { "stand-ins:run": "echo now" }).preview();

    expect(preview.outputs).toEqual({ ran: "now" });
  });
});

describe("the remote command", () => {
  const host = generateKeyPair();
  const client = generateKeyPair();

  async function server(run: (exec: Exec) => number) {
    const ssh = new SshServer({
      hostKey: host.private,
      authorizedKey: client.public,
      users: ["root"],
      refusesLogin: () => false,
      refusesChannel: () => false,
      presentsForeignKey: () => false,
      loggedIn: () => undefined,
      run: async (exec) => run(exec),
    });
    await ssh.listen();
    onTestFinished(() => ssh.close());
    return ssh.port;
  }

  const remote = (connection: object, create = "uptime") => ({
    c: { type: "remote", inputs: { create, connection: { host: "127.0.0.1", ...connection } } },
  });

  test("runs over SSH with the pinned host key", async () => {
    const port = await server((exec) => {
      exec.out(`ran ${exec.command} as ${exec.user}\n`);
      return exec.command === "fail" ? 4 : 0;
    });
    const connection = { port, privateKey: client.private, hostKey: publicHalf(host.private), dialErrorLimit: 0 };
    const dir = scratch();

    const up = await stackOf(dir, remote(connection)).up({ skipPreview: true });

    expect(errors(up)).toEqual([]);
    expect(stepOf(up, "c").outputs).toMatchObject({ stdout: "[secret]" });
    const failed = await stackOf(dir, remote(connection, "fail")).up({ skipPreview: true });
    expect(errors(failed)).toEqual(['Process exited with status 4: running "fail":\nran fail as root\n']);
  });

  test("dials again a host that does not answer, says so, and gives up", async () => {
    const closed = { port: 1, privateKey: client.private, hostKey: generateKeyPair().public };

    const up = await stackOf(scratch(), remote({ ...closed, dialErrorLimit: 1 })).up({ skipPreview: true });

    const refused = "connect ECONNREFUSED 127.0.0.1:1";
    expect(errors(up)).toEqual([`after 2 failed attempts: ${refused}`]);
    expect(up.diagnostics.map(({ message }) => message)).toContain(`dial 1/1 failed: ${refused}; trying again`);
  });

  test("refuses a host whose key is another, or not pinned, or that is not on loopback", async () => {
    const port = await server(() => 0);
    const foreign = generateKeyPair().public;
    const connection = { port, privateKey: client.private, hostKey: foreign };

    const up = await stackOf(scratch(), remote(connection)).up({ skipPreview: true });

    expect(errors(up)).toEqual(["after 1 failed attempts: the host key of 127.0.0.1 is not the pinned one"]);
    const unpinned = await stackOf(scratch(), remote({ port, privateKey: client.private })).preview();
    expect(errors(unpinned)).toEqual([
      "command:remote:Command is invalid: connection.hostKey: is missing; pin the key of the host, in the form ssh-ed25519 AAAA…",
    ]);
    const nowhere = await stackOf(scratch(), remote({ host: "", proxy: { host: "a" }, hostKey: foreign })).preview();
    expect(errors(nowhere)).toEqual([
      'command:remote:Command is invalid: connection.host: is required, but missing (value: "[secret]")',
      'command:remote:Command is invalid: connection.proxy: is not supported by the lab\'s stand-in for this plugin (value: "[secret]")',
    ]);
    const away = await stackOf(scratch(), remote({ host: "192.168.0.2", hostKey: foreign })).up({ skipPreview: true });
    expect(errors(away)).toEqual(["the lab dials loopback addresses only, and no machine stands in for 192.168.0.2"]);
  });
});
