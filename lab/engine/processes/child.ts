import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** How long a process may take to end by itself before it is killed, in milliseconds. */
const GRACE_MS = 2_000;

export interface ChildOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Every line the child prints; its stdout and stderr are told apart. */
  readonly onLine: (line: string, stream: "stdout" | "stderr") => void;
}

/** A process that the engine started, in a group of its own, and that never outlives the engine. */
export class Child {
  readonly #process: ChildProcess;
  /** Exit code once the process is gone and its output read; a signal counts as -1. Never rejects. */
  readonly exited: Promise<number>;
  /** Why the process could not be started at all. */
  #failure: Error | undefined;
  #gone = false;

  constructor(command: string, args: readonly string[], options: ChildOptions) {
    this.#process = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const streams = (["stdout", "stderr"] as const).map((name) => this.#read(name, options.onLine));
    const closed = new Promise<number>((resolve) => {
      this.#process.once("error", (error) => {
        this.#failure = error;
        resolve(-1);
      });
      this.#process.once("exit", (code) => resolve(code ?? -1));
    });
    const { pid } = this.#process;
    if (pid !== undefined) watchdog().write(`+${pid}\n`);
    this.exited = closed.then(async (code) => {
      this.#gone = true;
      this.#killGroup();
      await Promise.all(streams);
      if (pid !== undefined) watchdog().write(`-${pid}\n`);
      return code;
    });
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Asks the process to end, waits a moment, then kills it. */
  async stop(): Promise<void> {
    if (!this.#gone) this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#killGroup(), GRACE_MS);
    await this.exited;
    clearTimeout(timer);
  }

  /** Waits for the process to end by itself, but no longer than a moment. */
  async finish(): Promise<number> {
    const timer = setTimeout(() => this.#killGroup(), GRACE_MS);
    const code = await this.exited;
    clearTimeout(timer);
    return code;
  }

  async #read(name: "stdout" | "stderr", onLine: ChildOptions["onLine"]): Promise<void> {
    const stream = this.#process[name];
    if (stream === null) return;
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => onLine(line, name));
    await once(lines, "close");
  }

  #killGroup(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is empty: nothing was left behind.
    }
  }
}

let shared: Writable | undefined;

/** The one watchdog of this process, started with the first child. */
function watchdog(): Writable {
  if (shared !== undefined) return shared;
  const script = fileURLToPath(new URL("watchdog.ts", import.meta.url));
  const process_ = spawn(process.execPath, [script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  process_.unref();
  const { stdin } = process_;
  // Losing the watchdog loses a safety net, not the operation.
  process_.on("error", () => undefined);
  stdin.on("error", () => undefined);
  (stdin as unknown as { unref?: () => void }).unref?.();
  shared = stdin;
  return shared;
}
