import type { Call } from "../model/resource-type.ts";
import { type Outcome, packed, unpacked } from "./bulk.ts";
import { messageLength } from "./command-line.ts";
import { MidcltError } from "./errors.ts";

/** What a batch needs of its surroundings. */
export interface BatchOptions {
  /** Name of the appliance in messages. */
  readonly host: string;
  /** Makes one call; `patience` multiplies the time that it may take. */
  readonly send: (call: Call, patience: number) => Promise<unknown>;
  /** Takes note of every call that was made, also of each one in a bulk. */
  readonly record: (call: Call, outcome: Outcome, seconds: number) => void;
  /** True while something is under way that is likely to end in another call; without it nothing is. */
  readonly expecting?: () => boolean;
}

/**
 * Calls wait until nothing new was heard of for half the time that the last process took: waiting for company then
 * costs less than travelling alone. These are its bounds, and the longest that anything waits, in milliseconds.
 */
const QUIET_MS = { least: 40, most: 200 } as const;
const LONGEST_WAIT_MS = 1000;
/** Bytes of one message, kept below the middleware's limit. */
const MAX_BYTES = 60 * 1024;
/** One more share of the time limit for this many calls in a bulk. */
const CALLS_PER_PATIENCE = 20;
interface Waiting {
  readonly call: Call;
  readonly bytes: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects calls that are ready together and sends them in one process: several of a method as a bulk, several methods
 * as a bulk of bulks. One process is under way at a time, so that what becomes ready meanwhile travels together.
 */
export class Batch {
  readonly #options: BatchOptions;
  #waiting: Waiting[] = [];
  #underWay = false;
  #oldest = 0;
  #quietMs: number = QUIET_MS.least;
  #timer: NodeJS.Timeout | undefined;
  #cancelled = false;
  /** False once the middleware has refused a bulk of bulks: methods travel one by one from then on. */
  #mixes = true;

  constructor(options: BatchOptions) {
    this.#options = options;
  }

  /** Makes the call together with others; rejects with the error of this very call. */
  call(call: Call): Promise<unknown> {
    if (this.#cancelled) return Promise.reject(cancellation(this.#options.host, call));

    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#oldest = performance.now();
      this.#waiting.push({ call, bytes: messageLength(call), resolve, reject });
      this.stir();
    });
  }

  /** Something happened that may lead to another call: what waits goes on waiting for it. */
  stir(): void {
    if (this.#underWay || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    const left = this.#oldest + LONGEST_WAIT_MS - performance.now();
    this.#timer = setTimeout(() => this.#quiet(left), Math.max(0, Math.min(this.#quietMs, left)));
  }

  /** Refuses everything that was not sent yet; what is under way ends by itself. */
  cancel(): void {
    this.#cancelled = true;
    for (const { call, reject } of this.#waiting.splice(0)) reject(cancellation(this.#options.host, call));
  }

  #quiet(left: number): void {
    if (left > this.#quietMs && this.#options.expecting?.()) this.stir();
    else void this.#flush();
  }

  async #flush(): Promise<void> {
    const items = this.#take();
    if (items.length === 0 || this.#underWay) return;
    this.#underWay = true;
    const started = performance.now();
    const outcomes = await this.#outcomesOf(items.map((item) => item.call));
    this.#underWay = false;
    this.#oldest = performance.now();
    this.#quietMs = Math.min(QUIET_MS.most, Math.max(QUIET_MS.least, (this.#oldest - started) / 2));
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index];
      if (outcome && "unmixed" in outcome) this.#waitUnmixed(item);
      else if (outcome) this.#settle(item, outcome, started);
    }
    this.stir();
  }

  async #outcomesOf(calls: readonly Call[]): Promise<readonly Outcome[]> {
    const [first, ...others] = calls;
    if (!first) return [];
    const { host, send } = this.#options;
    const patience = others.length === 0 ? 1 : 1 + Math.ceil(calls.length / CALLS_PER_PATIENCE);
    const reply = await send(packed([first, ...others]), patience).then(
      (result): Outcome => ({ result }),
      (error: unknown): Outcome => ({ error }),
    );

    return unpacked(calls, reply, host);
  }

  /** What has waited longest and all that may go with it, as much as fits into one message. */
  #take(): readonly Waiting[] {
    const method = this.#waiting[0]?.call.method;
    const taken: Waiting[] = [];
    let bytes = 0;
    for (const item of this.#waiting) {
      if (!this.#mixes && item.call.method !== method) continue;
      bytes += item.bytes;
      if (taken.length > 0 && bytes > MAX_BYTES) break;
      taken.push(item);
    }
    this.#waiting = this.#waiting.filter((item) => !taken.includes(item));

    return taken;
  }

  #waitUnmixed(item: Waiting): void {
    this.#mixes = false;
    if (this.#cancelled) item.reject(cancellation(this.#options.host, item.call));
    else this.#waiting.push(item);
  }

  #settle(item: Waiting, outcome: Outcome, started: number): void {
    this.#options.record(item.call, outcome, (performance.now() - started) / 1000);
    if ("result" in outcome) item.resolve(outcome.result);
    else item.reject(outcome.error);
  }
}

/** What becomes of a call that was not sent before the run was cancelled. */
export function cancellation(host: string, { method }: Call): MidcltError {
  return new MidcltError({ kind: "cancelled", host, method, detail: "the run was cancelled" });
}
