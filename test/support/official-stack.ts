import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { ImportRequest, Run, StackOptions } from "../../lab/engine/index.ts";
import { runFromEvents } from "./official-events.ts";

/** Bytes of a state that a story may print. */
const LARGEST_STATE = 64 * 1024 * 1024;

/** Whether the official command line is on PATH. */
export function officialEngineIsHere(): boolean {
  return spawnSync("pulumi", ["version"], { stdio: "ignore" }).status === 0;
}

/** A stack under the official engine, with the door of the lab's engine, so that one story runs under both. */
export class OfficialStack {
  readonly #options: StackOptions;
  readonly #backend: string;
  readonly #configFile: string;

  constructor(options: StackOptions) {
    this.#options = options;
    this.#backend = join(dirname(options.stateFile), "backend");
    this.#configFile = join(dirname(options.stateFile), `Pulumi.${options.stack}.yaml`);
  }

  preview(options: { refresh?: boolean } = {}): Promise<Run> {
    return this.#run("preview", [...this.#packs(), ...(options.refresh ? ["--refresh"] : [])]);
  }

  up(options: { refresh?: boolean } = {}): Promise<Run> {
    return this.#run("up", ["--yes", ...this.#packs(), ...(options.refresh ? ["--refresh"] : [])]);
  }

  refresh(): Promise<Run> {
    return this.#run("refresh", ["--yes", "--skip-preview"]);
  }

  destroy(): Promise<Run> {
    return this.#run("destroy", ["--yes"]);
  }

  import(...requests: readonly ImportRequest[]): Promise<Run> {
    const nameTable: Record<string, string> = {};
    const resources = requests.map(({ type, name, id, provider, parent, protect }) => {
      for (const named of [provider, parent]) if (named) nameTable[named.name] = named.urn;
      return {
        type,
        name,
        id,
        provider: provider?.name,
        parent: parent?.name,
        ...(protect === undefined ? {} : { protect }),
      };
    });
    const file = join(dirname(this.#options.stateFile), "import.json");
    writeFileSync(file, JSON.stringify({ nameTable, resources }));
    return this.#run("import", ["--file", file, "--yes", "--generate-code=false"]);
  }

  /** Runs a `pulumi …` line as a person would paste it into a shell; the answers to its questions are appended. */
  async line(text: string): Promise<{ ok: boolean; output: string }> {
    this.#select();
    const answers = ["--yes", "--stack", this.#options.stack, "--config-file", this.#configFile];
    const shell = ["-c", `${text} "$@"`, "sh", ...answers];
    const { status, output } = await this.#spawn("sh", shell);
    return { ok: status === 0, output };
  }

  /** Takes the protection off a resource. */
  unprotect(urn: string): void {
    this.#select();
    this.#sync(["state", "unprotect", urn, "--yes", "--stack", this.#options.stack]);
  }

  /** The stack's state as the official engine exports it. */
  async state(): Promise<{ version: number; deployment: Record<string, unknown> }> {
    this.#select();
    const { stdout } = this.#sync(["stack", "export", "--stack", this.#options.stack]);
    return JSON.parse(stdout) as { version: number; deployment: Record<string, unknown> };
  }

  #packs(): string[] {
    const folder = dirname(this.#options.stateFile);
    return (this.#options.policyPacks ?? []).flatMap((pack, at) => {
      const config = join(folder, `policies-${at}.json`);
      writeFileSync(config, JSON.stringify(pack.config ?? {}));
      return ["--policy-pack", pack.dir, "--policy-pack-config", config];
    });
  }

  async #run(command: string, args: readonly string[]): Promise<Run> {
    this.#select();
    const dir = mkdtempSync(join(tmpdir(), "pulumi-events-"));
    const log = join(dir, "events.json");
    const parallel = this.#options.parallel ? ["--parallel", String(this.#options.parallel)] : [];
    const started = performance.now();
    const { status, output } = await this.#async([
      command,
      ...args,
      "--stack",
      this.#options.stack,
      "--config-file",
      this.#configFile,
      "--event-log",
      log,
      ...parallel,
    ]);
    const events = existsSync(log) ? readFileSync(log, "utf8") : "";
    rmSync(dir, { recursive: true, force: true });
    return runFromEvents(events, { ok: status === 0, output, seconds: (performance.now() - started) / 1000 });
  }

  /** Makes the stack beside its state, so that nothing is written into the project. */
  #select(): void {
    const { projectDir, stack, config } = this.#options;
    const dir = dirname(this.#configFile);
    if (!existsSync(this.#configFile)) {
      mkdirSync(this.#backend, { recursive: true });
      const { name } = parse(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8")) as { name: string };
      writeFileSync(join(dir, "Pulumi.yaml"), stringify({ name, runtime: "nodejs" }));
      this.#sync(["stack", "init", stack], dir);
    }
    const salted = parse(readFileSync(this.#configFile, "utf8")) as object;
    const values = Object.entries(config).map(([key, value]) => [key, structured(value)]);
    writeFileSync(
      this.#configFile,
      stringify({ ...salted, config: Object.fromEntries(values) }, { defaultStringType: "QUOTE_DOUBLE" }),
    );
  }

  #sync(args: readonly string[], cwd = this.#options.projectDir): { stdout: string } {
    const run = spawnSync("pulumi", args, { cwd, env: this.#env(), encoding: "utf8", maxBuffer: LARGEST_STATE });
    if (run.status !== 0) throw new Error(`pulumi ${args.join(" ")}: ${run.stderr}${run.stdout}`);
    return run;
  }

  #async(args: readonly string[]): Promise<{ status: number | null; output: string }> {
    return this.#spawn("pulumi", args);
  }

  #spawn(command: string, args: readonly string[]): Promise<{ status: number | null; output: string }> {
    return new Promise((resolve) => {
      const child = spawn(command, args, { cwd: this.#options.projectDir, env: this.#env() });
      let output = "";
      child.stdout.on("data", (data) => {
        output += data;
      });
      child.stderr.on("data", (data) => {
        output += data;
      });
      child.on("close", (status) => resolve({ status, output }));
    });
  }

  #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.#options.env,
      PATH: `${join(process.cwd(), "node_modules/.bin")}${delimiter}${process.env["PATH"]}`,
      PULUMI_BACKEND_URL: `file://${this.#backend}`,
      PULUMI_CONFIG_PASSPHRASE: "lab",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_OPTION_NON_INTERACTIVE: "true",
    };
  }
}

function structured(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  return JSON.parse(value) as unknown;
}
