import { createRequire } from "node:module";
import { join } from "node:path";
import { parse as splitWords } from "shell-quote";
import type { Project } from "../project.ts";
import type { Recorder } from "../recorder.ts";
import { Child } from "./child.ts";

/** The exit code by which the SDK says that it has already told the user what is wrong. */
const ALREADY_REPORTED = 32;
/** How much of the program's stderr is quoted when it ends without saying why, in lines. */
const STDERR_LINES = 40;

/** Everything a program is started with. */
export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly env: NodeJS.ProcessEnv;
}

/** The organization of stacks that no service owns; the official CLI says the same for local backends. */
export const ORGANIZATION = "organization";

/** A Pulumi program, started the way the official language host starts it. */
export class Program {
  readonly #child: Child;
  readonly #stderr: string[] = [];

  constructor(options: ProgramOptions, recorder: Recorder) {
    const { project } = options;
    const require = createRequire(join(project.root, "Pulumi.yaml"));
    const runner = require.resolve("@pulumi/pulumi/cmd/run");
    const args = [...nodeArguments(project), runner, ...programArguments(options)];
    this.#child = new Child(process.execPath, args, {
      cwd: project.pwd,
      env: programEnvironment(options),
      onLine: (line, stream) => {
        if (stream === "stderr") this.#stderr.push(line);
        recorder.diagnostic({ source: "program", severity: "info", message: line });
      },
    });
    recorder.event({ type: "program-started" });
  }

  /** Undefined when the program ended well, else what to tell the user; empty when the SDK has told already. */
  async outcome(): Promise<string | undefined> {
    const code = await this.#child.exited;
    if (code === 0) return undefined;
    if (this.#child.failure !== undefined) return `the program could not be started: ${this.#child.failure.message}`;
    if (code === ALREADY_REPORTED) return "";
    const tail = this.#stderr.slice(-STDERR_LINES).join("\n");
    return `the program ended with exit code ${code}${tail === "" ? "" : `:\n${tail}`}`;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** Lets the program notice that its monitor is gone, then makes sure it has ended. */
  async finish(): Promise<void> {
    await this.#child.finish();
  }
}

function nodeArguments({ runtimeOptions }: Project): string[] {
  const { nodeargs } = runtimeOptions;
  return typeof nodeargs === "string" ? splitWords(nodeargs).map(String) : [];
}

function programArguments(options: ProgramOptions): string[] {
  const { project } = options;
  return [
    ...["--monitor", options.monitorAddress, "--engine", options.engineAddress],
    ...["--organization", ORGANIZATION, "--project", project.name, "--root-directory", project.root],
    ...["--stack", options.stack, "--pwd", project.pwd],
    ...(options.dryRun ? ["--dry-run"] : []),
    ...["--parallel", String(options.parallel), project.entryPoint],
  ];
}

function programEnvironment(options: ProgramOptions): NodeJS.ProcessEnv {
  const { runtimeOptions } = options.project;
  return {
    ...options.env,
    PULUMI_CONFIG: JSON.stringify(options.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
    ...(runtimeOptions["typescript"] === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(runtimeOptions["tsconfig"] === undefined
      ? {}
      : { PULUMI_NODEJS_TSCONFIG_PATH: String(runtimeOptions["tsconfig"]) }),
  };
}
