import { setTimeout as delay } from "node:timers/promises";
import { MidcltError } from "../midclt/errors.ts";
import { isRecord } from "../model/property.ts";
import type { Inspection } from "./inspection.ts";

/** How far a job has come. */
export interface Progress {
  readonly percent: number;
  readonly description: string;
}

const POLL_MS = { first: 50, most: 2000 } as const;

/** Waits for the end of a job that `method` has started, however long it takes; gives its result. */
export async function endedJob(
  inspection: Pick<Inspection, "ask" | "label">,
  method: string,
  id: unknown,
  tell: (progress: Progress) => void = () => undefined,
): Promise<unknown> {
  const failure = (detail: string) => new MidcltError({ kind: "failed", host: inspection.label, method, detail });
  if (typeof id !== "number") throw failure(`it answered ${JSON.stringify(id)} rather than a job's number`);
  for (let wait: number = POLL_MS.first; ; wait = Math.min(POLL_MS.most, wait * 2)) {
    const rows = await inspection.ask("core.get_jobs", [["id", "=", id]], { extra: { raw_result: true } });
    const job = Array.isArray(rows) ? rows[0] : undefined;
    if (!isRecord(job)) throw failure("its job is gone: the middleware has started anew; run again");
    if (job["state"] === "SUCCESS") return job["result"];
    if (job["state"] === "FAILED" || job["state"] === "ABORTED")
      throw failure(String(job["error"] ?? job["state"]).trim());
    tell(progressOf(job["progress"]));
    await delay(wait);
  }
}

function progressOf(progress: unknown): Progress {
  const { percent, description } = isRecord(progress) ? progress : {};

  return { percent: Number(percent ?? 0), description: String(description ?? "") };
}
