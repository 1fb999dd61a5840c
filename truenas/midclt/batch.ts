import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";
import { messageLength } from "./command-line.ts";
import { MidcltError } from "./errors.ts";
import { readFailure } from "./failure-text.ts";

/** When a batch is sent. */
export interface BatchOptions {
  /** Name of the appliance in messages. */
  readonly host: string;
  /** Milliseconds without a new call after which the waiting ones are sent. */
  readonly quietMs: number;
  /** Milliseconds after which they are sent even though new ones arrive. */
  readonly ageMs: number;
  /** Bytes of one message, kept below the middleware's limit. */
  readonly maxBytes: number;
}

/** The windows used on real appliances. */
export const BATCH_WINDOWS = { quietMs: 25, ageMs: 400, maxBytes: 60 * 1024 } as const;

/** One more share of the time limit for this many calls in a bulk. */
const CALLS_PER_PATIENCE = 20;

interface Waiting {
  readonly call: Call;
  readonly bytes: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects calls that are ready together and sends those of one method as one `core.bulk`. One batch is under way at
 * a time, so that what becomes ready meanwhile travels together.
 */
export class Batch {
  readonly #send: (call: Call, patience: number) => Promise<unknown>;
  readonly #record: (call: Call, outcome: { result: unknown } | { error: string }, seconds: number) => void;
  readonly #options: BatchOptions;
  #waiting: Waiting[] = [];
  #underWay = false;
  #oldest = 0;
  #timer: NodeJS.Timeout | undefined;
  #cancelled = false;

  constructor(
    send: (call: Call, patience: number) => Promise<unknown>,
    record: (call: Call, outcome: { result: unknown } | { error: string }, seconds: number) => void,
    options: BatchOptions,
  ) {
    this.#send = send;
    this.#record = record;
    this.#options = options;
  }

  /** Makes the call together with others of its method; rejects with the error of this very call. */
  call(call: Call): Promise<unknown> {
    if (this.#cancelled) return Promise.reject(this.#cancellation(call));

    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#oldest = performance.now();
      this.#waiting.push({ call, bytes: messageLength(call), resolve, reject });
      this.#arm();
    });
  }

  /** Refuses everything that was not sent yet; what is under way ends by itself. */
  cancel(): void {
    this.#cancelled = true;
    for (const { call, reject } of this.#waiting.splice(0)) reject(this.#cancellation(call));
  }

  #arm(): void {
    if (this.#underWay || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    const left = this.#oldest + this.#options.ageMs - performance.now();
    this.#timer = setTimeout(() => void this.#flush(), Math.max(0, Math.min(this.#options.quietMs, left)));
  }

  async #flush(): Promise<void> {
    const group = this.#take();
    const first = group[0];
    if (!first || this.#underWay) return;
    this.#underWay = true;
    const started = performance.now();
    try {
      if (group.length === 1) this.#settle(first, { result: await this.#send(first.call, 1) }, started);
      else await this.#sendBulk(first.call.method, group, started);
    } catch (error) {
      for (const item of group) this.#settle(item, { error }, started);
    } finally {
      this.#underWay = false;
      this.#oldest = performance.now();
      this.#arm();
    }
  }

  /** The waiting calls of the method that has waited longest, as many as fit into one message. */
  #take(): readonly Waiting[] {
    const method = this.#waiting[0]?.call.method;
    const group: Waiting[] = [];
    let bytes = 0;
    for (const item of this.#waiting) {
      if (item.call.method !== method) continue;
      bytes += item.bytes;
      if (group.length > 0 && bytes > this.#options.maxBytes) break;
      group.push(item);
    }
    this.#waiting = this.#waiting.filter((item) => !group.includes(item));

    return group;
  }

  async #sendBulk(method: string, group: readonly Waiting[], started: number): Promise<void> {
    const bulk = { method: "core.bulk", params: [method, group.map((item) => item.call.params)] };
    const replies = await this.#send(bulk, 1 + Math.ceil(group.length / CALLS_PER_PATIENCE));
    if (!Array.isArray(replies) || replies.length !== group.length) {
      const detail = `the bulk of ${group.length} calls was not answered by a list of as many results`;
      throw new MidcltError({ kind: "protocol", host: this.#options.host, method, detail, uncertain: true });
    }
    for (const [index, item] of group.entries()) this.#settle(item, this.#itemOutcome(method, replies[index]), started);
  }

  #itemOutcome(method: string, reply: unknown): { result: unknown } | { error: unknown } {
    const error = isRecord(reply) ? reply["error"] : undefined;
    if (error === null || error === undefined) return { result: isRecord(reply) ? reply["result"] : undefined };

    return { error: new MidcltError({ ...readFailure(String(error)), host: this.#options.host, method }) };
  }

  #settle(item: Waiting, outcome: { result: unknown } | { error: unknown }, started: number): void {
    const seconds = (performance.now() - started) / 1000;
    if ("result" in outcome) {
      this.#record(item.call, outcome, seconds);
      item.resolve(outcome.result);
    } else {
      const { error } = outcome;
      this.#record(item.call, { error: error instanceof MidcltError ? error.detail : String(error) }, seconds);
      item.reject(error);
    }
  }

  #cancellation(call: Call): MidcltError {
    return new MidcltError({
      kind: "cancelled",
      host: this.#options.host,
      method: call.method,
      detail: "the run was cancelled",
    });
  }
}
