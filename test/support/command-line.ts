import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import type { Report } from "../../lab/cli/report.ts";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import { COMPILE_CACHE } from "./compile-cache.ts";
import type { SiteYaml } from "./site-yaml.ts";

/** How a command ended and what it said. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Marks every process that the command started, see `processesOf`. */
  readonly mark: string;
}

/** Runs `node lab/cli/main.ts …` with hardly any environment: a PATH with this Node.js and a home that is empty. */
export function lab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  interruptAt?: string,
): Promise<Outcome> {
  return run(process.execPath, [join(PROJECT_DIR, "lab/cli/main.ts"), ...args], env, interruptAt);
}

/** Runs a command in the project's folder, as `lab` does; `interruptAt` presses Ctrl-C once it has said that. */
export async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  interruptAt?: string,
): Promise<Outcome> {
  const home = mkdtempSync(join(tmpdir(), "homelab-home-"));
  const mark = randomUUID();
  const PATH = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);
  const child = spawn(command, args, {
    cwd: PROJECT_DIR,
    env: { PATH, HOME: home, NO_COLOR: "1", HOMELAB_STORY: mark, ...COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      const before = said[stream];
      said[stream] += text;
      if (interruptAt && !before.includes(interruptAt) && said[stream].includes(interruptAt)) child.kill("SIGINT");
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  rmSync(home, { recursive: true, force: true });

  return { status, ...said, mark };
}

/** A command of the lab that goes on until it is interrupted. */
export interface Started {
  /** Presses Ctrl-C and waits for the end; resolves with the exit code. */
  interrupt(): Promise<number | null>;
}

/** Starts a command of the lab, as `lab` runs one, and waits until it has said something. */
export async function startLab(args: readonly string[], until: string): Promise<Started> {
  const PATH = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);
  const child = spawn(process.execPath, [join(PROJECT_DIR, "lab/cli/main.ts"), ...args], {
    cwd: PROJECT_DIR,
    env: { PATH, NO_COLOR: "1", ...COMPILE_CACHE },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    void ended.then((status) => reject(new Error(`the command ended with ${status}:\n${said}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes(until)) resolve();
    });
  });

  return {
    interrupt: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** The report on standard output; throws when there is anything besides one JSON document. */
export function reportOf({ stdout }: Outcome): Report {
  return JSON.parse(stdout) as Report;
}

/** The processes that a command started and that still run; only where `/proc` tells. */
export function processesOf({ mark }: Outcome): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => contentOf(`/proc/${pid}/environ`).includes(`HOMELAB_STORY=${mark}`))
    .map((pid) => contentOf(`/proc/${pid}/cmdline`).replaceAll("\0", " "))
    .filter(Boolean);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // It ended in the meantime, or belongs to somebody else.
  }
}

/** A folder of its own for a test, or for the tests of a file; `end` says when it goes. */
export function folder(end: (remove: () => void) => void = onTestFinished): string {
  const dir = mkdtempSync(join(tmpdir(), "homelab-story-"));
  end(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Writes a site as a stack file and returns its path. */
export function configFile(dir: string, site: unknown, more: Readonly<Record<string, unknown>> = {}): string {
  const file = join(dir, `site-${randomUUID()}.yaml`);
  writeFileSync(
    file,
    stringify({ config: { "homelab:site": site as SiteYaml, ...more } }, { defaultStringType: "QUOTE_DOUBLE" }),
  );
  return file;
}
