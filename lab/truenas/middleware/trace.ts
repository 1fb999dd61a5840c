import { isPublicPair, SECRET_FIELDS } from "../configuration/secret-fields.ts";

/** One logical call as it arrived; each item of a bulk is a call of its own. */
export interface TracedCall {
  readonly method: string;
  /** The arguments, with the values of secret fields replaced by `[secret]`. */
  readonly params: unknown[];
  /** Real seconds until the call had its result. */
  readonly seconds: number;
  readonly result?: unknown;
  /** The error as the middleware spells it. */
  readonly error?: string;
}

/** The value with everything under a secret field's name replaced. User properties are pairs with a public `key`. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  const pair = isPublicPair(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const secret = SECRET_FIELDS.test(name) && !(pair && name === "key");
      return [name, secret && member !== null ? "[secret]" : masked(member)];
    }),
  );
}

/** What happened on the appliance since the counters were last reset. */
export interface Counters {
  /** Logins that succeeded. */
  sshConnections: number;
  /** Times that `midclt` was started. */
  midcltProcesses: number;
  /** Logical calls that came over SSH; the items of a bulk count, the bulk around them does not. */
  middlewareCalls: number;
  /** Those of them whose method changes something. */
  writes: number;
}

/** Counts and remembers what came over SSH. */
export class Trace {
  readonly counters: Counters = { sshConnections: 0, midcltProcesses: 0, middlewareCalls: 0, writes: 0 };
  readonly calls: TracedCall[] = [];

  /** Counts a call when it reaches the middleware. */
  arrived(writes: boolean): void {
    this.counters.middlewareCalls += 1;
    if (writes) this.counters.writes += 1;
  }

  /** Remembers a call when it has its result. */
  ended(
    method: string,
    params: readonly unknown[],
    started: number,
    outcome: { result?: unknown; error?: string },
  ): void {
    const seconds = (performance.now() - started) / 1000;
    this.calls.push({ method, params: masked(params) as unknown[], seconds, ...outcome });
  }

  reset(): void {
    Object.assign(this.counters, { sshConnections: 0, midcltProcesses: 0, middlewareCalls: 0, writes: 0 });
    this.calls.length = 0;
  }
}
