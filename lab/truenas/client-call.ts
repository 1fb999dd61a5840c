import { setTimeout as delay } from "node:timers/promises";
import { type CallInSight, concerns, type FaultPlan } from "./fault-plan.ts";
import { CallError } from "./middleware/errors.ts";
import type { Job } from "./middleware/jobs.ts";
import type { Middleware } from "./middleware/middleware.ts";
import { dumps } from "./middleware/python-json.ts";
import type { Dialect } from "./versions.ts";

/** Where a process writes, and how it learns that nobody listens any more. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** Everything a `midclt` process finds on its appliance. */
export interface ProcessWorld {
  readonly middleware: Middleware;
  readonly faults: FaultPlan;
  readonly dialect: Dialect;
  /** True when the calling user holds the roles to do anything. */
  readonly authorized: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const MESSAGE_LIMIT = 65_536;
const MESSAGE_TOO_LONG =
  "[Errno 32] Broken pipe - goodbye\nWebSocket connection closed with code=1009, reason='Max message length is 64 kB'";
const MESSAGE_ID = "00000000-0000-4000-8000-000000000000";

/** The client gave up by itself; nothing came from the middleware. */
export class ClientFailure extends Error {}

/** How a client calls. */
export interface ClientCall {
  readonly method: string;
  readonly params: readonly unknown[];
  /** Takes the result for the number of a job, and waits for its end. */
  readonly job: boolean;
  /** Seconds to wait for the reply. @default the client's own */
  readonly timeout?: number | undefined;
  /** Hears of a job that is waited for, and gives what is to be done when it has ended. */
  readonly watch?: (job: Job) => () => void;
}

/** A call of the client library that every program on an appliance uses; throws what the middleware, or the client, says. */
export async function callMiddleware(world: ProcessWorld, call: ClientCall): Promise<unknown> {
  if (!world.authorized) throw new CallError("Not authenticated", "ENOTAUTHENTICATED");
  const { method, params } = call;
  const message = dumps({ jsonrpc: "2.0", method, id: MESSAGE_ID, params });
  if (message.length > MESSAGE_LIMIT) throw new ClientFailure(MESSAGE_TOO_LONG);
  return await resultOf(world, call);
}

async function resultOf(world: ProcessWorld, call: ClientCall): Promise<unknown> {
  const { middleware } = world;
  const { params } = call;
  const sight: CallInSight = { method: call.method, params };
  const timedOut = world.faults.take("callTimeout", (rule) => concerns(rule.method, sight)) !== undefined;
  const seconds = call.timeout || Number(world.environment["CALL_TIMEOUT"] ?? DEFAULT_TIMEOUT_SECONDS);
  const patience = new AbortController();
  const expiry = delay(timedOut ? 0 : seconds * 1000, undefined, { signal: patience.signal }).then(() => {
    throw new ClientFailure("Call timeout");
  });
  expiry.catch(() => undefined);
  const request = middleware.request(call.method, params, "ssh");
  // A call that outlives its client must not bring the appliance down when it fails later.
  request.catch(() => undefined);
  try {
    if (timedOut) await settled(request);
    const reply = await Promise.race([timedOut ? expiry : request, expiry, middleware.lost]);
    if ("value" in reply) return call.job ? await hang(reply.value, middleware) : reply.value;
    return call.job ? await jobResult(reply.job, call, middleware) : reply.job.id;
  } finally {
    patience.abort();
  }
}

/** Waits until a call and the job it may have started are over, whatever comes of them. */
async function settled(request: Promise<{ readonly value: unknown } | { readonly job: Job }>): Promise<void> {
  const reply = await request.catch(() => undefined);
  if (reply !== undefined && "job" in reply) await reply.job.done;
}

// The client takes any result of a call made with `-j` for a job number and waits for it to end.
async function hang(value: unknown, middleware: Middleware): Promise<never> {
  if (typeof value === "object" && value !== null)
    throw new TypeError(`unhashable type: '${Array.isArray(value) ? "list" : "dict"}'`);
  return await middleware.lost;
}

async function jobResult(job: Job, { watch }: ClientCall, middleware: Middleware): Promise<unknown> {
  const stop = watch?.(job);
  try {
    await Promise.race([job.done, middleware.lost]);
  } finally {
    stop?.();
  }
  if (job.failure !== undefined) throw job.failure;
  return job.result;
}
