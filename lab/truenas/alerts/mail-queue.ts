import type { ApplianceState } from "../state/appliance-state.ts";
import type { Desk } from "./desk.ts";
import type { Told } from "./post.ts";

const EVERY_MS = 600_000;
const MOST_ATTEMPTS = 3;
const LONGEST_QUEUE = 20;

type Mail = Omit<Told, "at" | "from">;

interface Queued {
  readonly mail: Mail;
  attempts: number;
  next: number;
}

const queues = new WeakMap<ApplianceState, Queued[]>();

const queueOf = (state: ApplianceState): Queued[] => {
  const known = queues.get(state) ?? [];
  queues.set(state, known);
  return known;
};

/** Hands a mail to its server; throws `NotTaken`. */
export function post({ host, clock, surroundings }: Desk, mail: Mail): void {
  surroundings.post.deliver({ ...mail, at: new Date(clock.time), from: host });
}

/** Keeps a mail that was not taken, to be tried again every ten minutes, three times. */
export function queue({ state, clock }: Desk, mail: Mail): void {
  const list = queueOf(state);
  list.push({ mail, attempts: 0, next: clock.time + EVERY_MS });
  if (list.length > LONGEST_QUEUE) list.shift();
}

/** When a mail that was not taken is tried again; undefined when there is none. */
export function nextRetry(state: ApplianceState): number | undefined {
  const times = queueOf(state).map(({ next }) => next);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Tries the mails again whose time has come. */
export async function retryMails(desk: Desk): Promise<void> {
  const list = queueOf(desk.state);
  for (const entry of [...list]) {
    if (entry.next > desk.clock.time) continue;
    try {
      post(desk, entry.mail);
      list.splice(list.indexOf(entry), 1);
    } catch {
      entry.attempts += 1;
      entry.next = desk.clock.time + EVERY_MS;
      if (entry.attempts >= MOST_ATTEMPTS) list.splice(list.indexOf(entry), 1);
    }
  }
}
