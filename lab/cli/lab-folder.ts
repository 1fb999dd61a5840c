import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Names the process that works in the folder. */
const HOLDER = "in-use-by";
/** What a lab keeps between runs; a folder with none of it, and something else, is somebody else's. */
const KEPT = ["appliances", "endpoints.json", HOLDER];

/** The folder of a lab's appliances and state: a fresh one vanishes at the end, a given one stays for the next run. */
export class LabFolder {
  readonly dir: string;
  readonly #kept: boolean;

  private constructor(dir: string, kept: boolean) {
    this.dir = dir;
    this.#kept = kept;
  }

  /** Opens a folder for one command alone; throws a `UsageError` when it is in use or is no lab. */
  static async open(given: string | undefined): Promise<LabFolder> {
    if (given === undefined) return new LabFolder(await mkdtemp(join(tmpdir(), "homelab-lab-")), false);
    const dir = resolve(given);
    await mkdir(dir, { recursive: true });
    const names = await readdir(dir);
    if (names.length > 0 && !names.some((name) => KEPT.includes(name))) {
      throw new UsageError(
        `--lab ${given} holds something else; name an empty folder, or one that an earlier run made`,
      );
    }
    await hold(given, join(dir, HOLDER));
    return new LabFolder(dir, true);
  }

  /** Lets the next command in. */
  async close(): Promise<void> {
    await rm(this.#kept ? join(this.dir, HOLDER) : this.dir, { recursive: true, force: true });
  }
}

async function hold(given: string, file: string): Promise<void> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = Number(await readFile(file, "utf8"));
    if (runs(holder)) {
      throw new UsageError(`--lab ${given} is in use by process ${holder}; wait until it ends, or name another folder`);
    }
    await writeFile(file, String(process.pid));
  }
}

function runs(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
