import type { Call } from "../model/resource-type.ts";
import { commandLine, MESSAGE_LIMIT, messageLength, readReply } from "./command-line.ts";
import { MidcltError } from "./errors.ts";
import { readFailure } from "./failure-text.ts";
import type { CommandResult } from "./ssh.ts";

/** Runs shell commands on the appliance. */
export interface Shell {
  run(command: string, timeoutSeconds: number): Promise<CommandResult>;
}

/** How calls are made. */
export interface MidcltOptions {
  /** Name of the appliance in messages. */
  readonly host: string;
  readonly sudo: boolean;
  /** Seconds that one call may take. */
  readonly timeoutSeconds: number;
}

/** Makes middleware calls, one `midclt` process each. */
export class Midclt {
  readonly #shell: Shell;
  readonly #options: MidcltOptions;

  constructor(shell: Shell, options: MidcltOptions) {
    this.#shell = shell;
    this.#options = options;
  }

  /** Makes a call and returns its result; `patience` multiplies the time that it may take. */
  async call(call: Call, patience = 1): Promise<unknown> {
    const { host, sudo, timeoutSeconds } = this.#options;
    const length = messageLength(call);
    if (length > MESSAGE_LIMIT) {
      const detail = `its ${length} bytes exceed the ${MESSAGE_LIMIT} that the middleware takes; shorten the values`;
      throw new MidcltError({ kind: "too-big", host, method: call.method, detail });
    }
    const result = await this.#run(call, commandLine(call, sudo), timeoutSeconds * patience);
    if (result.code !== 0) throw this.#failure(call, result);
    const reply = readReply(call.method, result.stdout);
    if (!reply) throw this.#nonsense(call, result.stdout);

    return reply.value;
  }

  async #run(call: Call, command: string, timeoutSeconds: number): Promise<CommandResult> {
    try {
      return await this.#shell.run(command, timeoutSeconds);
    } catch (error) {
      if (!(error instanceof MidcltError)) throw error;
      throw new MidcltError(
        { ...error, kind: error.kind, host: error.host, detail: error.detail, method: call.method },
        { cause: error },
      );
    }
  }

  #failure(call: Call, result: CommandResult): MidcltError {
    const failure = readFailure(result.stderr || result.stdout);

    return new MidcltError({ ...failure, host: this.#options.host, method: call.method });
  }

  #nonsense(call: Call, stdout: string): MidcltError {
    const start = stdout.trim().slice(0, 80);
    const detail = `it is not JSON and begins with "${start}"; look at the appliance's middlewared log, and run again`;

    return new MidcltError({
      kind: "protocol",
      host: this.#options.host,
      method: call.method,
      detail,
      uncertain: true,
    });
  }
}
