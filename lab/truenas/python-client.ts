import { ClientFailure, callMiddleware, type ProcessWorld, type Terminal } from "./client-call.ts";
import { type CallInSight, concerns } from "./fault-plan.ts";
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
import { isRecord } from "./middleware/models.ts";
import { dumps, parseArgument } from "./middleware/python-json.ts";

/** The steps of the one kind of program that python3 carries out here, as they must show in its text, in this order. */
const STEPS: readonly RegExp[] = [
  /^\w+ = json\.load\(sys\.stdin\)$/m,
  /^from truenas_api_client import Client$/m,
  /^ +with Client\(\) as \w+:$/m,
  /\w+\.call\((\w+)\["method"\], \*\1\["params"\], job=\1\["job"\]\)/,
  /^except Exception as \w+:$/m,
  /^print\(json\.dumps\(/m,
];

/** A program that can put part of the answer of one call into the parameters of another says so. */
const COMPLETES = /= \w+\.call\((\w+)\["method"\], \*\1\["params"\]\)\[\1\["take"\]\]/;

/** What the program was asked to do by what it read. */
export interface PythonRequest extends CallInSight {
  readonly job: boolean;
  readonly first?: FirstCall;
}

interface FirstCall extends CallInSight {
  readonly take: string;
  readonly into: readonly (string | number)[];
}

/** Whether the program reads one call, makes it with the appliance's client library and prints one reply. */
export function makesOneCall(program: string): boolean {
  const places = STEPS.map((step) => program.search(step));
  return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
}

/** The call that the program reads from its standard input; undefined when that is not JSON, or lacks a part. */
export function readRequest(program: string, input: string): PythonRequest | undefined {
  const request = parseArgument(input);
  if (!isRecord(request)) return undefined;
  const { method, params, job, first } = request;
  if (typeof method !== "string" || !Array.isArray(params) || typeof job !== "boolean") return undefined;
  if (!isRecord(first) || !COMPLETES.test(program)) return { method, params, job };
  return { method, params, job, first: first as unknown as FirstCall };
}

/** Makes what a call needs, and puts it where the call needs it. */
async function complete(world: ProcessWorld, { first, params }: PythonRequest): Promise<void> {
  if (first === undefined) return;
  const answer = await callMiddleware(world, { method: first.method, params: first.params, job: false });
  const way = [...first.into];
  const last = way.pop() ?? 0;
  const place = way.reduce<unknown>((here, step) => (here as Record<string, unknown>)[step], params);
  (place as Record<string, unknown>)[last] = isRecord(answer) ? answer[first.take] : undefined;
}

/** Carries out the program once it has read its request; resolves with its exit code. */
export async function runPython(world: ProcessWorld, request: PythonRequest, terminal: Terminal): Promise<number> {
  const noise = world.faults.take("stderrNoise", (rule) => concerns(rule.method, request));
  if (noise !== undefined) terminal.err(noise.text);
  const reply = await replyTo(world, request);
  const garbage = world.faults.take("replyNotJson", (rule) => concerns(rule.method, request));
  terminal.out(garbage?.text ?? `${dumps(reply)}\n`);
  return 0;
}

async function replyTo(world: ProcessWorld, request: PythonRequest): Promise<Record<string, unknown>> {
  if (world.faults.take("daemonDown") !== undefined)
    return { error: told(null, "Failed to run middleware call. Daemon not running?") };
  try {
    await complete(world, request);
    return { result: await callMiddleware(world, request) };
  } catch (error) {
    return { error: errorReply(error) };
  }
}

function told(errno: string | null, message: string, errors: readonly unknown[] = []): Record<string, unknown> {
  return { errno, message, errors };
}

/** An error as the client library raises it: its errno by name, its words, and every attribute that was refused. */
function errorReply(error: unknown): Record<string, unknown> {
  if (error instanceof ValidationErrors) {
    const errors = error.refusals.map(({ attribute, message, errno }) => [
      attribute,
      message,
      POSIX_ERRNO.test(errno) ? errno : null,
    ]);
    return told(null, errorText(error).trim(), errors);
  }
  if (error instanceof CallError) return told(error.errno, errorText(error));
  if (error instanceof MethodNotFound) return told(null, "Method does not exist");
  if (error instanceof MatchNotFound) return told(null, "MatchNotFound()");
  if (error instanceof ConnectionLost)
    return told("ECONNABORTED", "WebSocket connection closed with code=1006, reason=None");
  if (error instanceof ClientFailure) return told(error.message === "Call timeout" ? "ETIMEDOUT" : null, error.message);
  if (error instanceof TypeError) return told(null, `TypeError: ${error.message}`);
  return told(null, errorRepr(error));
}
