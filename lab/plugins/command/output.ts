import type { CallContext } from "../resource-type.ts";
import type { WireMap } from "../values.ts";

/** Output of a command, one trailing line end taken off, as the real plugin stores it. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Collects what a command prints and shows it while it runs, as `logging` asks. */
export class OutputCollector {
  readonly #context: CallContext;
  readonly #logging: string;
  readonly #texts = { stdout: "", stderr: "" };
  #both = "";

  constructor(inputs: WireMap, context: CallContext) {
    this.#context = context;
    this.#logging = String(inputs["logging"] ?? "stdoutAndStderr");
  }

  add(stream: keyof CommandOutput, text: string): void {
    this.#texts[stream] += text;
    this.#both += text;
    const shown = this.#logging === "stdoutAndStderr" || this.#logging === stream;
    if (shown) this.#context.log(text.trimEnd());
  }

  get output(): CommandOutput {
    return { stdout: this.#texts.stdout.replace(/\n$/, ""), stderr: this.#texts.stderr.replace(/\n$/, "") };
  }

  /** The error of a command that failed: why, what it was and everything it said. */
  failure(reason: string, command: string): Error {
    return new Error(`${reason}: running ${JSON.stringify(command)}:\n${this.#both}`);
  }
}

/** What the command of an earlier step printed, for the environment of the next. */
export function previousOutput(inputs: WireMap, state: WireMap): Record<string, string> {
  if (inputs["addPreviousOutputInEnv"] === false) return {};
  const { stdout, stderr } = state;
  return {
    ...(stdout ? { PULUMI_COMMAND_STDOUT: String(stdout) } : {}),
    ...(stderr ? { PULUMI_COMMAND_STDERR: String(stderr) } : {}),
  };
}

/** The `environment` input as strings. */
export function environmentOf(inputs: WireMap): Record<string, string> {
  const entries = Object.entries((inputs["environment"] ?? {}) as WireMap);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
