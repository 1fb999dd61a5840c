import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import ssh2, { type Client } from "ssh2";
import type { CallContext } from "../resource-type.ts";
import type { WireMap } from "../values.ts";
import { type CommandOutput, environmentOf, OutputCollector, previousOutput } from "./output.ts";

/** What is wrong with a connection; the lab is stricter than the real plugin, which trusts any host. */
export function checkConnection(connection: WireMap): { property: string; reason: string }[] {
  const failures: { property: string; reason: string }[] = [];
  const refuse = (key: string, reason: string) => failures.push({ property: `connection.${key}`, reason });
  const host = String(connection["host"] ?? "");
  if (host === "") refuse("host", "is required, but missing");
  if (connection["hostKey"] === undefined) {
    refuse("hostKey", "is missing; pin the key of the host, in the form ssh-ed25519 AAAA…");
  }
  for (const key of ["proxy", "agentSocketPath"]) {
    if (connection[key] !== undefined) refuse(key, "is not supported by the lab's stand-in for this plugin");
  }
  return failures;
}

/** Where a machine of the lab really listens, by the address that the program knows. */
interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string;
  readonly privateKeyFile: string;
}

/** The connection to the machine that stands in for the one that is meant; the lab dials loopback addresses only. */
function reachable(connection: WireMap): WireMap {
  const host = String(connection["host"]);
  if (isLoopback(host)) return connection;
  const file = process.env["LAB_SSH"];
  const known = file && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Endpoint>) : {};
  const endpoint = known[host];
  if (!endpoint) throw new Error(`the lab dials loopback addresses only, and no machine stands in for ${host}`);
  const { privateKeyFile, port, hostKey } = endpoint;
  return { ...connection, host: endpoint.host, port, hostKey, privateKey: readFileSync(privateKeyFile, "utf8") };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Runs a command on another machine; throws with everything it said when it fails. */
export async function runRemotely(
  command: string,
  inputs: WireMap,
  state: WireMap,
  context: CallContext,
): Promise<CommandOutput> {
  const client = await dial(reachable(inputs["connection"] as WireMap), context);
  try {
    return await execute(client, command, inputs, state, context);
  } finally {
    client.end();
  }
}

async function dial(connection: WireMap, context: CallContext): Promise<Client> {
  const limit = Number(connection["dialErrorLimit"] ?? 10);
  for (let failures = 0; ; ) {
    try {
      return await dialOnce(connection);
    } catch (error) {
      failures++;
      const { message } = error as Error;
      const final = error instanceof WrongHostKey || context.signal.aborted;
      if (final || (limit >= 0 && failures > limit)) throw new Error(`after ${failures} failed attempts: ${message}`);
      context.log(`dial ${failures}/${limit} failed: ${message}; trying again`);
      await wait(100 * failures);
    }
  }
}

class WrongHostKey extends Error {}

function dialOnce(connection: WireMap): Promise<Client> {
  const { host, port = 22, user = "root", password, privateKey, privateKeyPassword, perDialTimeout = 15 } = connection;
  const pinned = String(connection["hostKey"]).split(" ")[1];
  const client = new ssh2.Client();
  let wrongKey = false;
  return new Promise((resolve, reject) => {
    client.once("ready", () => resolve(client));
    client.once("error", (error: Error) =>
      reject(wrongKey ? new WrongHostKey(`the host key of ${host} is not the pinned one`) : error),
    );
    client.connect({
      host: String(host),
      port: Number(port),
      username: String(user),
      readyTimeout: Number(perDialTimeout) * 1000,
      hostVerifier: (key: Buffer) => {
        wrongKey = key.toString("base64") !== pinned;
        return !wrongKey;
      },
      ...(password === undefined ? {} : { password: String(password) }),
      ...(privateKey === undefined ? {} : { privateKey: String(privateKey) }),
      ...(privateKeyPassword === undefined ? {} : { passphrase: String(privateKeyPassword) }),
    });
  });
}

function execute(
  client: Client,
  command: string,
  inputs: WireMap,
  state: WireMap,
  context: CallContext,
): Promise<CommandOutput> {
  const collector = new OutputCollector(inputs, context);
  const env = { ...environmentOf(inputs), ...previousOutput(inputs, state) };
  return new Promise((resolve, reject) => {
    client.once("error", reject);
    client.exec(command, { env }, (error, channel) => {
      if (error) return reject(error);
      let status: number | null | undefined;
      channel.on("data", (data: Buffer) => collector.add("stdout", data.toString("utf8")));
      channel.stderr.on("data", (data: Buffer) => collector.add("stderr", data.toString("utf8")));
      channel.once("exit", (code: number | null) => {
        status = code;
      });
      channel.once("close", () => {
        if (status === 0) resolve(collector.output);
        else if (status === undefined) reject(collector.failure("the connection was lost", command));
        else reject(collector.failure(`Process exited with status ${status}`, command));
      });
      channel.end(String(inputs["stdin"] ?? ""));
    });
  });
}
