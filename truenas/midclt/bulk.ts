import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";
import { type ErrorKind, MidcltError } from "./errors.ts";
import { readFailure } from "./failure-text.ts";

/** The method that takes many argument lists of one method and runs them in order, each with its own outcome. */
const BULK = "core.bulk";
/** How a middleware refuses a bulk within a bulk, before anything in it is carried out. */
const REFUSALS: ReadonlySet<ErrorKind> = new Set(["auth", "unsupported", "validation"]);

/** How a call ended. */
export type Outcome =
  | { readonly result: unknown }
  /** `unmixed` when the call was refused for its company and may succeed without calls of other methods. */
  | { readonly error: unknown; readonly unmixed?: boolean };

/** One call that makes all of these: several of a method are a bulk, several methods a bulk of bulks. */
export function packed(calls: readonly [Call, ...Call[]]): Call {
  if (calls.length === 1) return calls[0];
  const bulks = byMethod(calls).map(([method, group]) => [method, group.map((call) => call.params)]);
  const [first, second] = bulks;

  return { method: BULK, params: first && !second ? first : [BULK, bulks] };
}

/** What became of each packed call, in the order of the calls. */
export function unpacked(calls: readonly Call[], reply: Outcome, host: string): readonly Outcome[] {
  if (calls.length === 1) return [reply];
  const groups = byMethod(calls);
  const mixed = groups.length > 1;
  const replies = mixed ? itemsOf(reply, { host, method: BULK, count: groups.length }) : [reply];
  const outcomes = new Map<Call, Outcome>();
  for (const [index, [method, group]] of groups.entries()) {
    const whole = replies[index] ?? reply;
    const items = itemsOf(mixed ? refusal(whole) : whole, { host, method, count: group.length });
    for (const [place, call] of group.entries()) outcomes.set(call, items[place] ?? whole);
  }

  return calls.map((call) => outcomes.get(call) ?? reply);
}

/** The outcomes in a bulk's reply; when the whole failed or makes no sense, every item did. */
function itemsOf(reply: Outcome, asked: { host: string; method: string; count: number }): readonly Outcome[] {
  const { host, method, count } = asked;
  if ("error" in reply) return Array.from({ length: count }, () => reply);
  if (!Array.isArray(reply.result) || reply.result.length !== count) {
    const detail = `the bulk of ${count} calls was not answered by a list of as many results; look at the appliance's middlewared log, and run again`;
    const error = new MidcltError({ kind: "protocol", host, method, detail, uncertain: true });
    return Array.from({ length: count }, () => ({ error }));
  }

  return reply.result.map((item) => {
    const error = isRecord(item) ? item["error"] : undefined;
    if (error === null || error === undefined) return { result: isRecord(item) ? item["result"] : undefined };
    return { error: new MidcltError({ ...readFailure(String(error)), host, method }) };
  });
}

function refusal(outcome: Outcome): Outcome {
  const refused =
    "error" in outcome &&
    outcome.error instanceof MidcltError &&
    !outcome.error.uncertain &&
    REFUSALS.has(outcome.error.kind);

  return refused ? { error: outcome.error, unmixed: true } : outcome;
}

function byMethod(calls: readonly Call[]): readonly [string, readonly Call[]][] {
  return [...Map.groupBy(calls, (call) => call.method)];
}
