import type { Call } from "../model/resource-type.ts";
import { commandLine, MESSAGE_LIMIT, messageLength, readReply } from "./command-line.ts";
import { MidcltError } from "./errors.ts";
import { type FailureText, readFailure } from "./failure-text.ts";
import {
  completed,
  readRefusal,
  readSecretReply,
  type SecretRoute,
  secretCommandLine,
  secretInput,
} from "./secret-call.ts";
import type { CommandResult } from "./ssh.ts";

/** Runs shell commands on the appliance. */
export interface Shell {
  run(command: string, timeoutSeconds: number, input?: string): Promise<CommandResult>;
}

/** How calls are made. */
export interface MidcltOptions {
  /** Name of the appliance in messages. */
  readonly host: string;
  /** The account, named when sudo does not let it do something. */
  readonly user: string;
  readonly sudo: boolean;
  /** How calls travel that carry a secret. */
  readonly secrets: SecretRoute;
  /** Seconds that one call may take. */
  readonly timeoutSeconds: number;
}

/** Makes middleware calls, one process each: `midclt`, or a program that reads the call where it carries a secret. */
export class Midclt {
  readonly #shell: Shell;
  readonly #options: MidcltOptions;

  constructor(shell: Shell, options: MidcltOptions) {
    this.#shell = shell;
    this.#options = options;
  }

  /** Makes a call and returns its result; `patience` multiplies the time that it may take. */
  async call(call: Call, patience = 1): Promise<unknown> {
    const length = messageLength(call);
    if (length > MESSAGE_LIMIT) {
      const detail = `its ${length} bytes exceed the ${MESSAGE_LIMIT} that the middleware takes; shorten the values`;
      throw this.#error(call, { kind: "too-big", detail });
    }
    const seconds = this.#options.timeoutSeconds * patience;

    if (call.secret && this.#options.secrets === "stdin") return await this.#bySecretProgram(call, seconds);
    if (!call.first) return await this.#byMidclt(call, seconds);
    const made = await this.#byMidclt(call.first, seconds);
    return await this.#byMidclt({ ...call, params: completed(call, made) }, seconds);
  }

  async #byMidclt(call: Call, seconds: number): Promise<unknown> {
    const result = await this.#run(call, commandLine(call, this.#options.sudo), seconds);
    if (result.code !== 0) throw this.#error(call, readFailure(result.stderr || result.stdout));
    const reply = readReply(call.method, result.stdout);
    if (!reply) throw this.#nonsense(call, `is not JSON and begins with "${result.stdout.trim().slice(0, 80)}"`);

    return reply.value;
  }

  async #bySecretProgram(call: Call, seconds: number): Promise<unknown> {
    const result = await this.#run(call, secretCommandLine(this.#options.sudo), seconds, secretInput(call));
    const reply = readSecretReply(result.stdout);
    if (reply && "value" in reply) return reply.value;
    if (reply) throw this.#error(call, reply.failure);
    const refusal = readRefusal(result.stderr);
    if (!refusal) throw this.#nonsense(call, `is not the program's (${readFailure(result.stderr).detail})`);
    throw this.#error(call, { ...refusal, kind: "sudo", detail: this.#remedy(refusal) });
  }

  /** What to do where the program may not run, or cannot. */
  #remedy({ kind, detail }: FailureText): string {
    const { user, sudo } = this.#options;
    const instead = "state secrets: argv (ssh.secrets in the site, with a waiver), which shows it in the process list";
    if (kind !== "auth") return `the python3 that reads it from standard input does not run (${detail}); ${instead}`;
    const line = sudo
      ? `let ${user} run it with the sudoers line "${user} ALL=(ALL) NOPASSWD: /usr/bin/midclt, /usr/bin/python3"`
      : `let ${user} run it`;

    return `the python3 that reads it from standard input is not permitted (${detail}); ${line}, or ${instead}`;
  }

  async #run(call: Call, command: string, timeoutSeconds: number, input?: string): Promise<CommandResult> {
    try {
      return await this.#shell.run(command, timeoutSeconds, input);
    } catch (error) {
      if (!(error instanceof MidcltError)) throw error;
      throw new MidcltError(
        { ...error, kind: error.kind, host: error.host, detail: error.detail, method: call.method },
        { cause: error },
      );
    }
  }

  #error(call: Call, failure: FailureText): MidcltError {
    return new MidcltError({ ...failure, host: this.#options.host, method: call.method });
  }

  #nonsense(call: Call, what: string): MidcltError {
    const detail = `it ${what}; look at the appliance's middlewared log, and run again`;

    return this.#error(call, { kind: "protocol", detail, uncertain: true });
  }
}
