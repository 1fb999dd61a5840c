import { setTimeout as delay } from "node:timers/promises";
import type { ProcessWorld, Terminal } from "./client-call.ts";
import { type Command, readCommand } from "./command-line.ts";
import { type CallInSight, concerns, type FaultPlan } from "./fault-plan.ts";
import { runFileTool } from "./file-tools.ts";
import { runMidclt } from "./midclt.ts";
import { readArguments } from "./midclt-arguments.ts";
import type { Middleware } from "./middleware/middleware.ts";
import { parseArgument } from "./middleware/python-json.ts";
import { makesOneCall, readRequest, runPython } from "./python-client.ts";
import { runSha256sum } from "./sha256sum.ts";
import type { Exec } from "./ssh-server.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import type { Dialect } from "./versions.ts";

/** What processes find on their appliance. */
export interface ProcessHost {
  readonly middleware: Middleware;
  readonly state: ApplianceState;
  readonly faults: FaultPlan;
  readonly dialect: Dialect;
  /** Milliseconds that each process takes to start. */
  readonly delayMs: number;
  /** Commands that sudo lets a user run without a password. */
  sudoers(user: string): readonly string[];
}

type Runnable = Exclude<Command, { kind: "failed" | "sha256sum" | "files" }>;
type Run = (terminal: Terminal) => Promise<number>;

const MUTE: Terminal = { out: () => undefined, err: () => undefined };
/** What Python says of a program that it cannot read, or whose input is none. */
const BAD_INPUT =
  "Traceback (most recent call last):\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n";
const STRANGE_PROGRAM =
  "the simulated appliance runs a Python program only that reads one call, makes it with truenas_api_client and prints the reply\n";

/** Everything that is started over SSH. */
export class Processes {
  readonly #host: ProcessHost;
  readonly #started: string[] = [];

  constructor(host: ProcessHost) {
    this.#host = host;
  }

  /** Every command line so far, as a look at the process list would have shown it. */
  get started(): readonly string[] {
    return this.#started;
  }

  /** Runs a command; resolves with its exit code, or undefined when the connection is gone. */
  async run(exec: Exec): Promise<number | undefined> {
    this.#started.push(exec.command);
    const command = readCommand(exec.command, exec.user, this.#host.sudoers(exec.user));
    if (command.kind === "failed") {
      exec.err(command.stderr);
      return command.status;
    }
    if (command.kind === "sha256sum")
      return runSha256sum(this.#host.state, { args: command.args, root: command.user === "root" }, exec);
    if (command.kind === "files")
      return runFileTool(this.#host.state, { ...command, root: command.user === "root" }, exec);
    this.#host.middleware.trace.counters.midcltProcesses += 1;
    if (this.#host.delayMs > 0) await delay(this.#host.delayMs);
    const world = this.#worldOf(command);
    return command.kind === "midclt"
      ? await this.#struck(exec, callOf(world, command.words), (terminal) => runMidclt(world, command.words, terminal))
      : await this.#python(exec, world, command.program);
  }

  async #python(exec: Exec, world: ProcessWorld, program: string): Promise<number | undefined> {
    const request = makesOneCall(program) ? readRequest(program, await exec.input()) : undefined;
    if (request !== undefined)
      return await this.#struck(exec, request, (terminal) => runPython(world, request, terminal));
    exec.err(makesOneCall(program) ? BAD_INPUT : STRANGE_PROGRAM);
    return 1;
  }

  /** Runs it unless the connection is to be cut before, and unheard when it is to be cut after. */
  async #struck(exec: Exec, sight: CallInSight | undefined, run: Run): Promise<number | undefined> {
    const strikes = (kind: "dropBefore" | "dropAfter") =>
      sight !== undefined && this.#host.faults.take(kind, (rule) => concerns(rule.method, sight)) !== undefined;
    if (strikes("dropBefore")) {
      exec.drop();
      return undefined;
    }
    const drops = strikes("dropAfter");
    const status = await run(drops ? MUTE : exec);
    if (!drops) return status;
    exec.drop();
    return undefined;
  }

  #worldOf({ user, environment }: Runnable): ProcessWorld {
    const { middleware, faults, dialect } = this.#host;
    return { middleware, faults, dialect, environment, authorized: user === "root" || user === "truenas_admin" };
  }
}

function callOf({ dialect }: ProcessWorld, words: readonly string[]): CallInSight | undefined {
  const invocation = readArguments(dialect, words);
  return invocation.kind === "call"
    ? { method: invocation.method, params: invocation.args.map(parseArgument) }
    : undefined;
}
