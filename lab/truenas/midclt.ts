import { ClientFailure, callMiddleware, type ProcessWorld, type Terminal } from "./client-call.ts";
import { type CallInSight, concerns } from "./fault-plan.ts";
import { type Invocation, readArguments, usageText } from "./midclt-arguments.ts";
import {
  CallError,
  ConnectionLost,
  errorRepr,
  errorText,
  MatchNotFound,
  MethodNotFound,
  POSIX_ERRNO,
  ValidationErrors,
} from "./middleware/errors.ts";
import type { Job } from "./middleware/jobs.ts";
import { dumps, parseArgument } from "./middleware/python-json.ts";

/** A result as the client prints it: Python's spelling for scalars, JSON on one line for the rest. */
export function printed(result: unknown): string {
  if (typeof result === "boolean") return result ? "True\n" : "False\n";
  if (typeof result === "string") return `${result}\n`;
  return `${dumps(result)}\n`;
}

function traceback(error: unknown): string {
  const name =
    error instanceof CallError ? "middlewared.service_exception.CallError" : (error as Error).constructor.name;
  const text = errorText(error);
  const frame = '  File "/usr/lib/python3/dist-packages/middlewared/main.py", line 1, in call_method';
  return `Traceback (most recent call last):\n${frame}\n${name}${text === "" ? "" : `: ${text}`}\n`;
}

/** What the client writes to stderr about a failed call. */
export function failureText(error: unknown): string {
  if (error instanceof MethodNotFound) return "Method does not exist\n";
  if (error instanceof ClientFailure) return `${error.message}\n`;
  if (error instanceof ConnectionLost) return "WebSocket connection closed with code=1006, reason=None\n";
  if (error instanceof ValidationErrors)
    return error.refusals
      .map(
        ({ errno, attribute, message }) =>
          `[${POSIX_ERRNO.test(errno) ? errno : "EUNKNOWN"}] ${attribute || "ALL"}: ${message}\n`,
      )
      .join("");
  const reason = error instanceof CallError ? errorText(error) : errorRepr(error);
  const extra = error instanceof CallError && error.extra !== null ? `${dumps(error.extra)}\n` : "";
  return `${error instanceof MatchNotFound ? "MatchNotFound()" : reason}\n${traceback(error)}\n${extra}`;
}

interface ProgressView {
  show(job: Job): void;
  finish(succeeded: boolean): void;
}

function descriptionLines(terminal: Terminal): ProgressView {
  let last = "";
  return {
    show: ({ progress: { description } }) => {
      if (description !== "" && description !== last) terminal.err(`${description}\n`);
      last = description;
    },
    finish: () => undefined,
  };
}

const BAR_WIDTH = 40;
const WIPE_TWO_LINES = "\u001b[2K\u001b[A\u001b[2K\r";

function progressBar(terminal: Terminal): ProgressView {
  let used = false;
  let share = 0;
  let status = "(none)";
  const draw = () => {
    const filled = Math.floor(share * BAR_WIDTH);
    const bar = `[${"#".repeat(filled)}${"_".repeat(BAR_WIDTH - filled)}] ${(share * 100).toFixed(2)}%`;
    terminal.err(`${WIPE_TWO_LINES}Status: ${status}\nTotal Progress: ${bar}`);
  };
  return {
    show: ({ progress: { percent, description } }) => {
      if (!used) terminal.err("\n");
      used = true;
      if (percent > 0) share = percent / 100;
      if (description !== "") status = description.trim();
      draw();
    },
    finish: (succeeded) => {
      if (!used) return;
      if (succeeded) share = 1;
      draw();
      terminal.err("\n");
    },
  };
}

type Call = Extract<Invocation, { kind: "call" }>;

function watching(call: Call, terminal: Terminal): (job: Job) => () => void {
  return (job) => {
    const view = call.progress === "description" ? descriptionLines(terminal) : progressBar(terminal);
    job.watchers.add(view.show);
    return () => {
      job.watchers.delete(view.show);
      view.finish(job.state === "SUCCESS");
    };
  };
}

async function runCall(world: ProcessWorld, call: Call, terminal: Terminal): Promise<number> {
  const params = call.args.map(parseArgument);
  const sight: CallInSight = { method: call.method, params };
  const noise = world.faults.take("stderrNoise", (rule) => concerns(rule.method, sight));
  if (noise !== undefined) terminal.err(noise.text);
  if (world.faults.take("daemonDown") !== undefined) {
    terminal.err("Failed to run middleware call. Daemon not running?\n");
    return 1;
  }
  if (call.login) {
    terminal.out("Failed to login:  Invalid username or password\n");
    return 0;
  }
  try {
    const { method, job, timeout } = call;
    const result = await callMiddleware(world, { method, params, job, timeout, watch: watching(call, terminal) });
    const garbage = world.faults.take("replyNotJson", (rule) => concerns(rule.method, sight));
    terminal.out(garbage?.text ?? printed(result));
    return 0;
  } catch (error) {
    if (error instanceof TypeError) terminal.err(`Traceback (most recent call last):\nTypeError: ${error.message}\n`);
    else if (!call.quiet) terminal.err(failureText(error));
    return 1;
  }
}

/** Runs one `midclt` process; resolves with its exit code. */
export async function runMidclt(world: ProcessWorld, words: readonly string[], terminal: Terminal): Promise<number> {
  const invocation = readArguments(world.dialect, words);
  switch (invocation.kind) {
    case "usage":
      terminal.err(invocation.text);
      return 2;
    case "help":
      terminal.out(`${usageText(world.dialect)}\n`);
      return 0;
    case "waitready":
      return 0;
    case "ping":
      if (world.dialect === "25.10") terminal.out("pong\n");
      return 0;
    case "subscribe":
      return await world.middleware.lost.catch(() => 1);
    case "call":
      return await runCall(world, invocation, terminal);
  }
}
