import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client, ConnectConfig } from "ssh2";
import ssh2 from "ssh2";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { ApplianceSpec, SimulatedTrueNas } from "../../../../lab/truenas/index.ts";
import { startWithPool } from "./appliance.ts";

/** What a command left behind. */
export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when the connection went away first. */
  readonly exit: number | undefined;
}

/** A connection to an appliance that is closed after the test. */
export class Shell {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Runs one command to its end. */
  run(command: string): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#client.exec(command, (error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        let [stdout, stderr] = ["", ""];
        let exit: number | undefined;
        channel.on("data", (chunk: Buffer) => {
          stdout += chunk.toString();
        });
        channel.stderr.on("data", (chunk: Buffer) => {
          stderr += chunk.toString();
        });
        channel.on("exit", (code: number | null) => {
          exit = code ?? undefined;
        });
        channel.on("close", () => resolve({ stdout, stderr, exit }));
      });
    });
  }

  /** Runs `midclt call` with the arguments as JSON, each quoted for the shell. */
  call(method: string, ...params: unknown[]): Promise<Result> {
    return this.run(["midclt call", method, ...params.map(quoted)].join(" "));
  }

  /** Runs `midclt call -j` and prints progress as plain lines. */
  job(method: string, ...params: unknown[]): Promise<Result> {
    return this.run(["midclt call -j -jp description", method, ...params.map(quoted)].join(" "));
  }
}

/** A value as one JSON argument in single quotes. */
export function quoted(value: unknown): string {
  return `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;
}

function login(client: Client, nas: SimulatedTrueNas, overrides: ConnectConfig): Promise<Shell> {
  const { host, port, user, privateKeyFile } = nas.endpoint;
  return new Promise((resolve, reject) => {
    client.on("ready", () => resolve(new Shell(client)));
    client.on("error", reject);
    client.connect({ host, port, username: user, privateKey: readFileSync(privateKeyFile), ...overrides });
    // Without this every command waits for a delayed acknowledgement, some 80 ms.
    client.setNoDelay(true);
  });
}

/** Logs in until the test is over; rejects with what ssh2 reports. */
export function connect(nas: SimulatedTrueNas, overrides: ConnectConfig = {}): Promise<Shell> {
  const client = new ssh2.Client();
  onTestFinished(() => {
    client.end();
  });
  return login(client, nas, overrides);
}

/** One appliance with a pool `tank` and one login for all tests of a group that only look. */
export function sharedShell(spec: Partial<ApplianceSpec> = {}): () => Shell {
  let [nas, shell]: [SimulatedTrueNas | undefined, Shell | undefined] = [undefined, undefined];
  let dir = "";
  const client = new ssh2.Client();
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "truenas-"));
    nas = await startWithPool(spec, dir);
    shell = await login(client, nas, {});
  });
  afterAll(async () => {
    client.end();
    await nas?.stop();
    await rm(dir, { recursive: true, force: true });
  });
  return () => {
    if (shell === undefined) throw new Error("the shared appliance has not started");
    return shell;
  };
}
