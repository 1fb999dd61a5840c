import { setTimeout as wait } from "node:timers/promises";
import { type ErrorKind, MidcltError } from "../midclt/errors.ts";

/** Waits between attempts at something that is in use or starting, in milliseconds. */
const WAITS_MS = [200, 400, 800, 1600];
const WAITED_FOR: ReadonlySet<ErrorKind> = new Set(["busy", "not-yet", "restarting"]);

/** Repeats what was refused because something was in use, starting, or about to appear; the last refusal says how often. */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (const pause of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof MidcltError) || !WAITED_FOR.has(error.kind)) throw error;
      await wait(pause);
    }
  }
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof MidcltError) || !WAITED_FOR.has(error.kind)) throw error;
    const detail = `${error.detail} (${WAITS_MS.length + 1} attempts)`;
    throw new MidcltError({ ...error, kind: error.kind, host: error.host, detail }, { cause: error });
  }
}
