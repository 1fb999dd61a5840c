import { setTimeout as wait } from "node:timers/promises";
import { MidcltError } from "../midclt/errors.ts";
import { JOB_METHODS } from "../midclt/job-methods.ts";
import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";

const UNDER_WAY: Call = {
  method: "core.get_jobs",
  params: [
    [
      ["method", "in", [...JOB_METHODS]],
      ["state", "in", ["WAITING", "RUNNING"]],
    ],
    { select: ["id"] },
  ],
};
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
/** Parts of the time limit: for a call that is no job and cannot be seen at work, and for all that can. */
const UNSEEN = 0.05;
const SEEN = 10;

/**
 * Writes whose answer was lost. The appliance carries on with them, a bulk item by item, so that one which is not
 * there yet may still come: repeating it meanwhile would make it twice.
 */
export class Unanswered {
  readonly #read: (call: Call) => Promise<unknown>;
  readonly #callTimeout: number;
  readonly #endings = new WeakMap<MidcltError, Promise<void>>();

  constructor(read: (call: Call) => Promise<unknown>, callTimeout: number) {
    this.#read = read;
    this.#callTimeout = callTimeout;
  }

  /** Waits until what this doubt is about has ended; throws when the appliance is still at it after a long time. */
  ended(doubt: MidcltError): Promise<void> {
    const known = this.#endings.get(doubt) ?? this.#wait(doubt);
    this.#endings.set(doubt, known);

    return known;
  }

  async #wait(doubt: MidcltError): Promise<void> {
    if (doubt.kind === "transport") await wait(this.#callTimeout * UNSEEN * 1000);
    const latest = performance.now() + this.#callTimeout * SEEN * 1000;
    let pause = FIRST_PAUSE_MS;
    // What starts later is somebody else's; the bulks in a bulk end before it does.
    const suspects = new Set(await this.#jobs());
    while (suspects.size > 0 && (await this.#jobs()).some((job) => suspects.has(job))) {
      if (performance.now() + pause > latest) throw stillUnderWay(doubt);
      await wait(pause);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  }

  /** Numbers of the jobs under way; where they cannot be listed, looking for the object itself has to do. */
  async #jobs(): Promise<readonly unknown[]> {
    try {
      const jobs = await this.#read(UNDER_WAY);
      return (Array.isArray(jobs) ? jobs : []).filter(isRecord).map((job) => job["id"]);
    } catch (error) {
      if (error instanceof MidcltError) return [];
      throw error;
    }
  }
}

function stillUnderWay(doubt: MidcltError): MidcltError {
  const { kind, host, method } = doubt;
  const detail = `${doubt.detail}, and the appliance is still at work; wait until its jobs are done`;

  return new MidcltError({ kind, host, method, detail, uncertain: false }, { cause: doubt });
}
