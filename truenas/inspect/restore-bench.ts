import { setTimeout as delay } from "node:timers/promises";
import { MidcltError } from "../midclt/errors.ts";
import { isRecord } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import { type Environment, readEnvironment } from "../plugin/environment.ts";
import { type ApplianceAddress, Inspection } from "./inspection.ts";
import { isScratch, refusalOutside, SCRATCH_PREFIX } from "./only-scratch.ts";

/** How far a job has come. */
export interface Progress {
  readonly percent: number;
  readonly description: string;
}

const POLL_MS = { first: 50, most: 2000 } as const;

/**
 * An appliance on which copies are restored for a test: it is looked at, and its scratch dataset is made, filled and
 * destroyed. A call that would change anything else is refused before anything is sent.
 */
export class RestoreBench extends Inspection {
  /** The dataset that may be changed, pool first. */
  readonly scratch: string;

  /** Opens nothing yet. @throws Refused when `scratch` is not the path of a scratch dataset */
  constructor(address: ApplianceAddress, scratch: string, environment: Environment = readEnvironment()) {
    if (!isScratch(scratch)) {
      throw new Refused(
        `${scratch} is no scratch dataset; use pool/${SCRATCH_PREFIX} followed by a name in kebab-case`,
      );
    }
    super(address, environment, (call) => refusalOutside(scratch, call));
    this.scratch = scratch;
  }

  /** Changes the scratch dataset. */
  async change(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return await this.appliance.write({ method, params });
  }

  /** Starts a job that fills the scratch dataset, and waits for its end however long it takes. */
  async work(method: string, params: readonly unknown[], tell: (progress: Progress) => void): Promise<void> {
    const id = await this.change(method, ...params);
    if (typeof id !== "number")
      throw this.#failure(method, `it answered ${JSON.stringify(id)} rather than a job's number`);
    for (let wait: number = POLL_MS.first; ; wait = Math.min(POLL_MS.most, wait * 2)) {
      const rows = await this.ask("core.get_jobs", [["id", "=", id]]);
      const job = Array.isArray(rows) ? rows[0] : undefined;
      if (!isRecord(job)) throw this.#failure(method, "its job is gone: the middleware has started anew; run again");
      if (job["state"] === "SUCCESS") return;
      if (job["state"] === "FAILED" || job["state"] === "ABORTED") {
        throw this.#failure(method, String(job["error"] ?? job["state"]).trim());
      }
      tell(progressOf(job["progress"]));
      await delay(wait);
    }
  }

  #failure(method: string, detail: string): MidcltError {
    return new MidcltError({ kind: "failed", host: this.label, method, detail });
  }
}

function progressOf(progress: unknown): Progress {
  const { percent, description } = isRecord(progress) ? progress : {};

  return { percent: Number(percent ?? 0), description: String(description ?? "") };
}
