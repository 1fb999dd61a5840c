import { createHash } from "node:crypto";
import pLimit from "p-limit";
import type { ClientChannel, ConnectConfig, Client as SshClient } from "ssh2";
import ssh2 from "ssh2";
import { MidcltError } from "./errors.ts";

/** sshd takes ten sessions per connection; half of them leaves room for people. */
const CHANNELS = 5;
const DIAL_TIMEOUT_MS = 20_000;
const KEEPALIVE_MS = 15_000;
const HOST_KEY_TYPES = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
] as const;

/** Address and credentials of an appliance. */
export interface SshTarget {
  /** Name of the appliance in messages. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The only host key that is accepted, `type base64`. */
  readonly hostKey: string;
  readonly privateKey: string;
}

/** What a remote command left behind. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A command that is to be run. */
interface Execution {
  readonly command: string;
  readonly timeoutSeconds: number;
  readonly input: string | undefined;
}

/** One SSH connection, dialled at the first command and again after it was lost. */
export class SshConnection {
  readonly #target: SshTarget;
  readonly #onLost: () => void;
  readonly #limit = pLimit(CHANNELS);
  #client: Promise<SshClient> | undefined;
  #dials = 0;

  /** `onLost` is told when a connection that stood has ended: the appliance may be another by the next one. */
  constructor(target: SshTarget, onLost: () => void = () => undefined) {
    this.#target = target;
    this.#onLost = onLost;
  }

  /** How often a connection was made; it changes when the appliance may have changed. */
  get dials(): number {
    return this.#dials;
  }

  /** Runs a command, which reads `input` if there is one; rejects with MidcltError of kind transport, timeout, login or host-key. */
  run(command: string, timeoutSeconds: number, input?: string): Promise<CommandResult> {
    return this.#limit(async () => {
      const client = await this.#connected();
      return await this.#execute(client, { command, timeoutSeconds, input });
    });
  }

  /** Closes the connection; the next command dials again. */
  close(): void {
    void this.#client?.then(
      (client) => client.end(),
      () => undefined,
    );
    this.#client = undefined;
  }

  #connected(): Promise<SshClient> {
    this.#client ??= this.#dial();

    return this.#client;
  }

  #dial(): Promise<SshClient> {
    const { host, port, user } = this.#target;
    const client = new ssh2.Client();
    let seen: Buffer | undefined;
    let ready = false;
    const dialled = new Promise<SshClient>((resolve, reject) => {
      client.once("ready", () => {
        this.#dials += 1;
        ready = true;
        resolve(client);
      });
      client.once("error", (cause) => reject(dialError(this.#target, cause, seen)));
      client.once("close", () => reject(dialError(this.#target, new Error("the connection was closed"), seen)));
    });
    const forget = () => {
      if (this.#client === dialled) this.#client = undefined;
    };
    const lost = () => {
      if (!ready) return;
      forget();
      this.#onLost();
    };
    client.once("close", lost);
    // Without a listener a late error would end the process; the commands in flight learn of it by their channels.
    client.on("error", lost);
    // A refusal stays one: asking again with the same key would only fill the appliance's log, or lock us out.
    dialled.catch((error: MidcltError) => (error.kind === "unreachable" ? forget() : undefined));
    client.connect({
      ...options(this.#target),
      host,
      port,
      username: user,
      hostVerifier: (key: Buffer) => {
        seen = key;
        return key.equals(keyBytes(this.#target.hostKey));
      },
    });

    return dialled;
  }

  #execute(client: SshClient, { command, timeoutSeconds, input }: Execution): Promise<CommandResult> {
    const host = this.#target.label;
    const lost = (detail: string, uncertain: boolean) =>
      new MidcltError({ kind: "transport", host, detail, uncertain });
    const unopened = (error: unknown) =>
      lost(`no channel could be opened (${error instanceof Error ? error.message : String(error)})`, false);

    return new Promise((resolve, reject) => {
      const closed = () => reject(lost("the connection was lost while it ran", true));
      client.once("close", closed);
      const done = (act: () => void) => {
        client.removeListener("close", closed);
        act();
      };
      try {
        client.exec(command, (error, channel) => {
          if (error) return done(() => reject(unopened(error)));
          // Ending the stream would have it closed by itself, on a connection that may be lost by then.
          if (input !== undefined) channel.write(input, () => channel.eof());
          collect(channel, timeoutSeconds, host).then(
            (result) => done(() => resolve(result)),
            (failure) => done(() => reject(failure)),
          );
        });
      } catch (error) {
        done(() => reject(unopened(error)));
      }
    });
  }
}

function collect(channel: ClientChannel, timeoutSeconds: number, host: string): Promise<CommandResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  channel.on("data", (chunk: Buffer) => stdout.push(chunk));
  channel.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const detail = `nothing came back within ${timeoutSeconds} s; it may still be running there`;
      reject(new MidcltError({ kind: "timeout", host, detail, uncertain: true }));
      channel.close();
    }, timeoutSeconds * 1000);
    channel.once("close", (code: number | null | undefined) => {
      clearTimeout(timer);
      if (typeof code !== "number") {
        const detail = "the connection was lost while it ran";
        return reject(new MidcltError({ kind: "transport", host, detail, uncertain: true }));
      }
      resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") });
    });
  });
}

/** The type of the pinned key is asked for first, so that a host with several keys shows that one. */
function options(target: SshTarget): ConnectConfig {
  const [type = ""] = target.hostKey.split(" ");
  const first = HOST_KEY_TYPES.filter((known) => known === type || (type === "ssh-rsa" && known.startsWith("rsa-")));
  const rest = HOST_KEY_TYPES.filter((known) => !first.includes(known));

  return {
    privateKey: target.privateKey,
    readyTimeout: DIAL_TIMEOUT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    algorithms: { serverHostKey: [...first, ...rest] },
  };
}

function dialError(target: SshTarget, cause: Error & { level?: string }, seen: Buffer | undefined): MidcltError {
  const { label, host, port, user } = target;
  const where = `${host}:${port}`;
  const pinned = keyBytes(target.hostKey);
  if (seen && !seen.equals(pinned)) {
    const detail =
      `the host key of ${where} is not the pinned one: it shows ${fingerprint(seen)}, pinned is ${fingerprint(pinned)}. ` +
      "If the appliance was reinstalled, compare with the key at its console and state the new one as hostKey; otherwise somebody is in between. Nothing was sent";
    return new MidcltError({ kind: "host-key", host: label, detail }, { cause });
  }
  if (cause.level === "client-authentication") {
    const detail = `${user}@${where} refused the private key; add its public half to that user's authorized keys on the appliance, or correct user and privateKey`;
    return new MidcltError({ kind: "login", host: label, detail }, { cause });
  }
  const detail = `${where} cannot be reached (${cause.message}); check that the appliance is up and that SSH runs, and run again`;

  return new MidcltError({ kind: "unreachable", host: label, detail }, { cause });
}

function keyBytes(hostKey: string): Buffer {
  return Buffer.from(hostKey.split(" ")[1] ?? "", "base64");
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}
