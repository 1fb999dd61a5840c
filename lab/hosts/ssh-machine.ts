import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Exec, generateKeyPair, publicHalf, SshServer } from "../truenas/ssh-server.ts";
import { writeFile } from "./hardware.ts";

/** Where a machine really listens. */
export interface MachineEndpoint {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string;
  readonly privateKeyFile: string;
}

/** How a machine is set up. */
export interface MachineOptions {
  /** The folder that keeps it. */
  readonly dir: string;
  /** Who may log in. */
  readonly user: string;
  /** The script that stands in for its tools, and the names under which it does. */
  readonly tool: URL;
  readonly tools: readonly string[];
}

/** A machine that is reached over SSH: its commands run in a real shell, with a folder for its file system. */
export class SshMachine {
  readonly endpoint: MachineEndpoint;
  /** Whether it was installed just now, rather than found in its folder. */
  protected readonly isNew: boolean;
  protected readonly root: string;
  readonly #bin: string;
  readonly #ssh: SshServer;

  constructor({ dir, user, tool, tools }: MachineOptions) {
    const [hostKeyFile, clientKeyFile] = [join(dir, "host_key"), join(dir, "client_key")];
    this.isNew = !existsSync(hostKeyFile);
    this.root = join(dir, "root");
    this.#bin = join(dir, "bin");
    mkdirSync(join(this.root, "lab"), { recursive: true });
    if (this.isNew) {
      for (const file of [hostKeyFile, clientKeyFile]) writeFileSync(file, generateKeyPair().private, { mode: 0o600 });
    }
    rmSync(this.#bin, { recursive: true, force: true });
    mkdirSync(this.#bin, { recursive: true });
    for (const name of tools) symlinkSync(fileURLToPath(tool), join(this.#bin, name));
    const hostKey = readFileSync(hostKeyFile, "utf8");
    this.#ssh = new SshServer({
      hostKey,
      authorizedKey: publicHalf(readFileSync(clientKeyFile, "utf8")),
      users: [user],
      refusesLogin: () => false,
      refusesChannel: () => false,
      presentsForeignKey: () => false,
      loggedIn: () => undefined,
      run: (exec) => this.#run(exec),
    });
    const port = () => this.#ssh.port;
    this.endpoint = {
      host: "127.0.0.1",
      get port() {
        return port();
      },
      hostKey: publicHalf(hostKey),
      privateKeyFile: clientKeyFile,
    };
  }

  /** Switches it on. */
  async listen(): Promise<void> {
    await this.#ssh.listen();
  }

  /** Switches it off; what it keeps stays. */
  async stop(): Promise<void> {
    await this.#ssh.close();
  }

  /** A file of the machine; undefined where there is none. */
  read(path: string): string | undefined {
    const file = join(this.root, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** Writes a file by hand. */
  write(path: string, content: string): void {
    writeFile(this.root, path, content);
  }

  /** Which tools were called, with their arguments. */
  get tools(): string[] {
    return (this.read("lab/tools.log") ?? "").split("\n").filter(Boolean);
  }

  async #run(exec: Exec): Promise<number | undefined> {
    const env = { HOMELAB_ROOT: this.root, PATH: `${this.#bin}:/usr/bin:/bin`, HOME: join(this.root, "root") };
    const child = spawn("/bin/sh", ["-c", exec.command], { env, stdio: ["pipe", "pipe", "pipe"] });
    child.stdout.setEncoding("utf8").on("data", (text: string) => exec.out(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => exec.err(text));
    // A command that does not read its input may be gone before it is written.
    child.stdin.on("error", () => undefined);
    child.stdin.end(await exec.input());
    return await new Promise((resolve, reject) => {
      child.once("error", reject).once("close", (code) => resolve(code ?? 1));
    });
  }
}
