import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, temporaryDirectory } from "./support/appliance.ts";
import { connect } from "./support/ssh.ts";

test("lets the holder of the client key in and counts the login", async () => {
  const nas = await anAppliance();

  const shell = await connect(nas);

  expect(await shell.run("midclt call core.ping")).toEqual({ stdout: "pong\n", stderr: "", exit: 0 });
  expect(nas.counters).toEqual({ sshConnections: 1, midcltProcesses: 1, middlewareCalls: 1, writes: 0 });
});

test("turns away another key, another user and a password", async () => {
  const nas = await anAppliance();
  const other = ssh2.utils.generateKeyPairSync("ed25519").private;

  await expect(connect(nas, { privateKey: other })).rejects.toThrow("All configured authentication methods failed");
  await expect(connect(nas, { username: "mallory" })).rejects.toThrow("All configured authentication methods failed");
  await expect(connect(nas, { privateKey: "", password: "secret" })).rejects.toThrow();
  expect(nas.counters.sshConnections).toBe(0);
});

test("presents the host key that its endpoint names", async () => {
  const nas = await anAppliance();
  const seen: string[] = [];

  await connect(nas, {
    hostVerifier: (key: Buffer) => {
      seen.push(key.toString("base64"));
      return true;
    },
  });

  expect(nas.endpoint.hostKey).toBe(`ssh-ed25519 ${seen[0]}`);
});

test("keeps its keys across a restart, for nobody else to read", async () => {
  const dir = await temporaryDirectory();
  const first = await SimulatedTrueNas.start({ name: "nas" }, { dir });
  const { hostKey } = first.endpoint;
  const clientKey = readFileSync(first.endpoint.privateKeyFile, "utf8");
  await first.stop();

  const second = await SimulatedTrueNas.start({ name: "nas" }, { dir });

  expect(second.endpoint.hostKey).toBe(hostKey);
  expect(readFileSync(second.endpoint.privateKeyFile, "utf8")).toBe(clientKey);
  expect(statSync(join(dir, "client_key")).mode & 0o777).toBe(0o600);
  expect(statSync(join(dir, "host_key")).mode & 0o777).toBe(0o600);
  await second.stop();
});

test("runs many commands at once over one connection", async () => {
  const nas = await anAppliance({}, { processDelayMs: 20 });
  const shell = await connect(nas);

  const results = await Promise.all(Array.from({ length: 8 }, () => shell.run("midclt call system.version_short")));

  expect(results.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 8 }, () => "25.10.6\n"));
  expect(nas.counters).toMatchObject({ sshConnections: 1, midcltProcesses: 8 });
});

test("offers no shell, no forwarding and no file transfer", async () => {
  const nas = await anAppliance();
  const client = new ssh2.Client();
  const { host, port, user, privateKeyFile } = nas.endpoint;
  await new Promise<void>((resolve, reject) => {
    client.on("ready", () => resolve()).on("error", reject);
    client.connect({ host, port, username: user, privateKey: readFileSync(privateKeyFile) });
  });

  const attempts = await Promise.allSettled([
    new Promise((_resolve, reject) => client.shell((error) => reject(error))),
    new Promise((_resolve, reject) => client.sftp((error) => reject(error))),
    new Promise((_resolve, reject) => client.forwardOut("127.0.0.1", 1, "127.0.0.1", 1, (error) => reject(error))),
  ]);
  client.end();

  expect(attempts.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
});
